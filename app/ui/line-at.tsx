/** A line where something would land, so far from the top of what it stands in. */
export function LineAt({ top }: { top: number }) {
  return (
    <div
      aria-hidden
      data-drop-line
      style={{ transform: `translateY(${top - 1}px)` }}
      className="pointer-events-none absolute inset-x-2 top-0 z-10 h-0.5 rounded-full bg-accent-solid"
    />
  )
}
