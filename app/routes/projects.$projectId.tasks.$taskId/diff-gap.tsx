import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import type { ReactNode } from 'react'
import { Button } from '#app/ui/button.tsx'
import type { Gap, Range } from './diff-more.ts'
import type { More } from './use-more.ts'
import { WORDS } from './words.ts'

/** So many lines come at once; up to twice as many are asked for as a whole. */
const STEP = 20

/** DIFF-8: unchanged lines that are not shown, and the ways to show them. */
export function GapRow({ gap: { from, to }, more: { show, failure, retry } }: { gap: Gap; more: More }) {
  const isSmall = to !== null && to - from < 2 * STEP
  return (
    <div className="sticky left-0 flex w-[100cqi] flex-wrap items-center gap-x-1 bg-sunken px-2 py-0.5 font-sans text-xs text-muted">
      {failure ? (
        <>
          <span className="px-2">{WORDS.linesAway}</span>
          <Button look="quiet" size="small" onPress={retry} className="h-6">
            Try again
          </Button>
        </>
      ) : (
        <>
          {!isSmall && from > 1 && (
            <Show range={{ from, to: from + STEP - 1 }} show={show} icon={<ArrowDown aria-hidden className="size-3.5" />} />
          )}
          {!isSmall && to !== null && (
            <Show range={{ from: to - STEP + 1, to }} show={show} icon={<ArrowUp aria-hidden className="size-3.5" />} />
          )}
          {to !== null && <Show range={{ from, to }} show={show} isAll />}
        </>
      )}
    </div>
  )
}

type ShowProps = { range: Range; show: (range: Range) => void; icon?: ReactNode; isAll?: boolean }

function Show({ range, show, icon, isAll = false }: ShowProps) {
  const count = range.to - range.from + 1
  const lines = count === 1 ? `line ${range.from}` : `lines ${range.from}–${range.to}`
  return (
    <Button
      look="quiet"
      size="small"
      icon={icon}
      onPress={({ target }) => {
        // The button may be gone with what it stood for.
        target.closest('section')?.focus({ preventScroll: true })
        show(range)
      }}
      className="h-6"
    >
      Show {isAll && count > 2 * STEP ? `all ${count} lines` : lines}
    </Button>
  )
}
