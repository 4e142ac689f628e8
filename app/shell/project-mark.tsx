/** The first two letters of a project's key on a small tile; a third would touch its edges. */
export function ProjectMark({ mark }: { mark: string }) {
  return (
    <span
      aria-hidden
      className="flex size-6 shrink-0 items-center justify-center rounded-sm bg-accent-solid text-[10px] font-bold tracking-tight text-on-solid"
    >
      {mark.slice(0, 2)}
    </span>
  )
}
