import { useMemo } from 'react'
import { compareTexts } from './compare.ts'
import { Differences } from './differences.tsx'

/** What somebody changed of a text, word by word. */
export function ChangedWords({ before, after }: { before: string; after: string }) {
  const segments = useMemo(() => compareTexts(before, after), [before, after])
  return (
    <section
      aria-label="Changed words"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="mt-1 max-h-72 overflow-auto rounded-md border border-line bg-surface px-3 py-2 text-sm leading-[1.6] whitespace-pre-wrap break-words scroll-thin"
    >
      <Differences segments={segments} />
    </section>
  )
}
