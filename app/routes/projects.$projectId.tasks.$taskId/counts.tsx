/** Lines added and removed. */
export function Counts({ added, removed }: { added: number | null; removed: number | null }) {
  if (added === null || removed === null) return <span className="text-xs text-faint">binary</span>
  return (
    <span className="inline-flex shrink-0 gap-1.5 text-xs tabular">
      <span className="text-ok">
        <span aria-hidden>+{added}</span>
        <span className="sr-only">{added} lines added</span>
      </span>
      <span className="text-danger">
        <span aria-hidden>−{removed}</span>
        <span className="sr-only">{removed} lines removed</span>
      </span>
    </span>
  )
}
