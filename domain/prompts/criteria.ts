import { type Criterion, merged, withSources } from '#domain/interviews/criteria.ts'
import type { AnswerEdit } from '#domain/interviews/schema.ts'
import { changedSources } from './changed-sources.ts'
import type { Prompt } from './schema.ts'
import { isCheckHeading, sectionsOf } from './sections.ts'

type Resting = Pick<Prompt, 'id' | 'interviewId' | 'content' | 'components' | 'sources' | 'criteria' | 'seen'>

/** A version and all it is composed of, each once. */
export function wholeOf<P extends Pick<Prompt, 'id' | 'components'>>(version: P, find: (id: string) => P | undefined): P[] {
  const found = new Map<string, P>()
  const add = (one: P | undefined): void => {
    if (!one || found.has(one.id)) return
    found.set(one.id, one)
    for (const id of one.components) add(find(id))
  }
  add(version)
  return [...found.values()]
}

/** PROMPT-10: what a prompt asks to be checked: the points under "Done when" of all it is composed of, each with the answers it came from. One that was rewritten keeps them, one written by hand came from none. */
export function criteriaIn(whole: readonly Resting[]): Criterion[] {
  return merged(
    whole.flatMap(({ content, criteria }) => {
      const checked = sectionsOf(content).filter(({ heading }) => isCheckHeading(heading))
      return withSources(
        checked.flatMap(({ points }) => points),
        criteria,
      )
    }),
  )
}

/** An answer a criterion came from: where it was said, and what has changed there that nobody has looked at for the prompt. */
export type CriterionSource<E> = { messageId: string; interviewId: string; changes: E[] }

/** PROMPT-10: the answers a criterion came from. It is "source changed" by what the prompt is by, and until the same word that it still holds (PROMPT-6). */
export function criterionSources<E extends Pick<AnswerEdit, 'id' | 'messageId'>>(
  sources: readonly string[],
  whole: readonly Resting[],
  edits: readonly E[],
): CriterionSource<E>[] {
  const seen = whole.flatMap((prompt) => prompt.seen)
  return sources.flatMap((messageId) => {
    const interviewId = whole.find((prompt) => prompt.interviewId !== null && prompt.sources.includes(messageId))?.interviewId
    return interviewId ? [{ messageId, interviewId, changes: changedSources({ sources: [messageId], seen }, edits) }] : []
  })
}
