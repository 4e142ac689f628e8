import { useRef } from 'react'
import { useTagOffers } from '#app/tags/use-tag-offers.ts'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { SharedText } from '#app/ui/shared-text.tsx'
import type { Mounted } from '#app/ui/shared-text-editor.ts'
import { TextField } from '#app/ui/text-field.tsx'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { versionName } from '#domain/prompts/rules.ts'
import { ComponentsList } from './components-list.tsx'
import type { Draft } from './draft.ts'
import type { ShownPrompt } from './shown-prompt.ts'
import { type PutIn, ToPutIn } from './to-put-in.tsx'
import { useComponentDrag } from './use-component-drag.ts'
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
  refusal: Refusal | null
  isReadOnly: boolean
  onChange: (patch: Partial<Draft>) => void
  onSubmit: () => void
}

const NOTHING_TO_OFFER = 'Nothing to put in yet: write a tag in the settings, or another prompt.'

/** Title, type, text, components and variables of a draft. Its text is read once: another draft wants another form. */
export function DraftForm({ projectId, version, draft, all, types, names, refusal, isReadOnly, onChange, onSubmit }: Props) {
  const prompt = { ...version, ...draft }
  const parts = useComponents(prompt, all, (components) => onChange({ components }))
  const tags = useTagOffers()
  const drag = useComponentDrag(parts)
  const editor = useRef<Mounted | null>(null)
  const offers: PutIn[] = [
    ...parts.offered.map((one) => ({
      id: one.id,
      name: versionName(one),
      hint: one.isReusable ? `${one.type}, reusable` : one.type,
      group: 'Components',
      insert: () => parts.putIn(one.id),
      drag: drag.rowOf(one.id),
    })),
    ...tags.map((tag) => ({ ...tag, id: `@${tag.name}`, drag: asText(tag.insert) })),
  ]
  const others = types.filter((type) => type !== draft.type).slice(0, 3)
  const text = useLocalText(draft.content, (content) => onChange({ content }))
  const errorAt = (field: keyof Draft) => wordsAt(refusal, field)
  const contentError = errorAt('content')
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
      <div {...(isReadOnly ? {} : drag.overText)}>
        <p aria-hidden className="mb-1 text-sm font-medium">
          Text
        </p>
        <SharedText
          label="Text"
          shared={text}
          isReadOnly={isReadOnly}
          minHeight={280}
          placeholder="What should be done, and how one sees that it is done. Type @ for components and tags."
          editorRef={editor}
          offers={offers.length > 0 ? offers : NOTHING_TO_OFFER}
          onSubmit={onSubmit}
          className="border-edge!"
        />
        <p role="alert" className="mt-1 text-xs text-danger empty:hidden">
          {contentError}
        </p>
      </div>
      <ComponentsList projectId={projectId} all={all} isReadOnly={isReadOnly} parts={parts} drag={drag} />
      {!isReadOnly && offers.length > 0 && <ToPutIn offers={offers} onInsert={(words) => editor.current?.insert(words)} />}
      <VariablesList names={names} values={draft.variables} isReadOnly={isReadOnly} onChange={(variables) => onChange({ variables })} />
      <Checkbox isSelected={draft.isReusable} onChange={(isReusable) => onChange({ isReusable })} isDisabled={isReadOnly}>
        Reusable: meant as a component of other prompts
      </Checkbox>
      {refusal && isElsewhere(refusal, ['title', 'type', 'content']) && (
        <p role="alert" className="text-sm text-danger">
          {refusal.message}
        </p>
      )}
    </div>
  )
}

/** A row that is dragged as its words: the editor shows where they would stand, and takes them in. */
const asText = (words: string): PutIn['drag'] => ({
  draggable: true,
  onDragStart: (event) => event.dataTransfer.setData('text/plain', words),
})
