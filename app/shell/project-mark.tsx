import LayoutGrid from 'lucide-react/icons/layout-grid'

/** The first two letters of a project's key on a small tile; a third would touch its edges. All projects together have a picture. */
export function ProjectMark({ mark }: { mark: string | null }) {
  return (
    <span
      aria-hidden
      className="flex size-6 shrink-0 items-center justify-center rounded-sm bg-accent-solid text-[10px] font-bold tracking-tight text-on-solid"
    >
      {mark?.slice(0, 2) ?? <LayoutGrid className="size-3.5" />}
    </span>
  )
}
