import type { Segment } from '#app/work/segments.ts'

/** Two texts in one: what was taken out is struck through, what was put in is underlined. */
export function Differences({ segments }: { segments: readonly Segment[] }) {
  return segments.map(({ kind, text }, at) => {
    const key = `${at}${kind}`
    if (kind === 'removed')
      return (
        <del key={key} className="rounded-sm bg-removed text-danger">
          {text}
        </del>
      )
    if (kind === 'added')
      return (
        <ins key={key} className="rounded-sm bg-added text-ok">
          {text}
        </ins>
      )
    return <span key={key}>{text}</span>
  })
}
