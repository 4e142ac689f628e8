import { type ReactNode, useMemo } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Select } from '#app/ui/select.tsx'
import { compareTexts, countWords } from './compare.ts'
import { Differences } from './differences.tsx'

/** One of the texts that can be compared, under the name it is chosen by. */
export type Compared = { id: string; label: string; hint: string; title: string; content: string }

type Props = {
  texts: readonly Compared[]
  from: string
  to: string
  onChange: (compared: { from: string; to: string }) => void
  onClose: () => void
  /** What else can be done with the one chosen as before. */
  actions?: (before: Compared | undefined) => ReactNode
}

const SIDE = 'min-w-0 flex-1 basis-36 md:max-w-44'

/** Any two versions, word by word: what was taken out is struck through, what was put in is underlined. */
export function CompareDialog({ texts, from, to, onChange, onClose, actions }: Props) {
  const before = texts.find(({ id }) => id === from)
  const after = texts.find(({ id }) => id === to)
  const segments = useMemo(() => compareTexts(before?.content ?? '', after?.content ?? ''), [before, after])
  const { added, removed } = countWords(segments)
  return (
    <Dialog
      title="Compare versions"
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <>
          {actions?.(before)}
          <Button onPress={onClose}>Close</Button>
        </>
      }
    >
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <Select label="Before" noMessage choices={texts} value={from} onChange={(id) => onChange({ from: id, to })} className={SIDE} />
        <Select label="After" noMessage choices={texts} value={to} onChange={(id) => onChange({ from, to: id })} className={SIDE} />
        <p role="status" className="pb-1.5 text-sm text-muted tabular">
          {added === 0 && removed === 0 ? 'The texts are the same.' : `${added} words added, ${removed} removed`}
        </p>
      </div>
      {before && after && before.title !== after.title && (
        <p className="mb-2 text-sm">
          Title: <del className="bg-removed">{before.title}</del> <ins className="bg-added">{after.title}</ins>
        </p>
      )}
      <section
        aria-label="Differences"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[50dvh] overflow-auto rounded-md border border-line bg-surface p-4 text-sm leading-[1.6] whitespace-pre-wrap break-words scroll-thin"
      >
        <Differences segments={segments} />
      </section>
    </Dialog>
  )
}
