import type { Prompt } from '#domain/prompts/schema.ts'
import type { Label } from '../projects.$projectId.prompts._index/with-labels.ts'

/** A version as the editor shows it. */
export type ShownPrompt = Pick<
  Prompt,
  | 'id'
  | 'familyId'
  | 'title'
  | 'interviewId'
  | 'parentId'
  | 'version'
  | 'content'
  | 'type'
  | 'isReusable'
  | 'components'
  | 'variables'
  | 'sources'
  | 'criteria'
  | 'seen'
  | 'createdAt'
  | 'createdBy'
> &
  Label
