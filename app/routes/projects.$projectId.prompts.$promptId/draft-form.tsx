import { useTagOffers } from '#app/tags/use-tag-offers.ts'
import { Checkbox } from '#app/ui/checkbox.tsx'
import type { Offer } from '#app/ui/offers.ts'
import { SharedText } from '#app/ui/shared-text.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import type { Refusal } from '#domain/core/refusal.ts'
import { versionName } from '#domain/prompts/rules.ts'
import { ComponentsList } from './components-list.tsx'
import type { Draft } from './draft.ts'
import type { ShownPrompt } from './shown-prompt.ts'
import { useComponents } from './use-components.ts'
import { useLocalText } from './use-local-text.ts'
import { VariablesList } from './variables-list.tsx'

type Props = {
  projectId: string
  version: ShownPrompt
  draft: Draft
  all: readonly ShownPrompt[]
  types: readonly string[]
  /** Every {{name}} the rendered text has a place for. */
  names: readonly string[]
  /** The editor starts anew when this changes. */
  textKey: string
  refusal: Refusal | null
  isReadOnly: boolean
  onChange: (patch: Partial<Draft>) => void
  onSubmit: () => void
}

const NOTHING_TO_OFFER = 'Nothing to put in yet: write a tag in the settings, or another prompt.'

/** Title, type, text, components and variables of a draft. */
export function DraftForm({ projectId, version, draft, all, types, names, textKey, refusal, isReadOnly, onChange, onSubmit }: Props) {
  const prompt = { ...version, ...draft }
  const parts = useComponents(prompt, all, (components) => onChange({ components }))
  const tags = useTagOffers()
  const offers: Offer[] = [
    ...parts.offered.map((one) => ({ name: versionName(one), hint: one.type, group: 'Components', insert: () => parts.add(one.id) })),
    ...tags,
  ]
  const others = types.filter((type) => type !== draft.type).slice(0, 3)
  const text = useLocalText(textKey, draft.content, (content) => onChange({ content }))
  const errorAt = (field: keyof Draft) => (refusal?.field === `patch.${field}` || refusal?.field === field ? refusal.message : null)
  const contentError = errorAt('content')
  const isElsewhere = refusal && !['title', 'type', 'content'].some((field) => errorAt(field as keyof Draft))
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-x-4 md:grid-cols-[minmax(0,1fr)_160px]">
        <TextField
          label="Title"
          value={draft.title}
          onChange={(title) => onChange({ title })}
          error={errorAt('title')}
          isReadOnly={isReadOnly}
          autoComplete="off"
        />
        <TextField
          label="Type"
          value={draft.type}
          onChange={(type) => onChange({ type })}
          error={errorAt('type')}
          hint={others.length > 0 && `Also used: ${others.join(', ')}`}
          isReadOnly={isReadOnly}
          autoComplete="off"
        />
      </div>
      <div>
        <p aria-hidden className="mb-1 text-sm font-medium">
          Text
        </p>
        <SharedText
          label="Text"
          shared={text}
          isReadOnly={isReadOnly}
          minHeight={280}
          placeholder="What should be done, and how one sees that it is done. Type @ for components and tags."
          offers={offers.length > 0 ? offers : NOTHING_TO_OFFER}
          onSubmit={onSubmit}
          className="border-edge!"
        />
        <p role="alert" className="mt-1 text-xs text-danger empty:hidden">
          {contentError}
        </p>
      </div>
      <ComponentsList projectId={projectId} prompt={prompt} all={all} isReadOnly={isReadOnly} parts={parts} />
      <VariablesList names={names} values={draft.variables} isReadOnly={isReadOnly} onChange={(variables) => onChange({ variables })} />
      <Checkbox isSelected={draft.isReusable} onChange={(isReusable) => onChange({ isReusable })} isDisabled={isReadOnly}>
        Reusable: meant as a component of other prompts
      </Checkbox>
      {isElsewhere && (
        <p role="alert" className="text-sm text-danger">
          {refusal.message}
        </p>
      )}
    </div>
  )
}
