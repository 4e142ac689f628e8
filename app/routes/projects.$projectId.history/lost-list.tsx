import { Link } from '@remix-run/react'
import { useQuery, useRoom } from '#app/replica/react.tsx'
import { LostLine } from '#app/work/lost-line.tsx'
import { comingFrom } from '#app/work/way-back.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { type LostRow, lostIn } from '#domain/tasks/queries.ts'

/** What of this project two people set at once: the values that do not stand, each with a way to have it after all. Nothing where there is none. */
export function LostList({ projectId }: { projectId: string }) {
  const rows = useQuery(lostIn(projectId))
  const { canWrite } = useRoom(projectRoom(projectId))
  const entries = (rows ?? []).flatMap((row) => row.lost.map((lost) => ({ row, lost }))).sort((a, b) => b.lost.at - a.lost.at)
  if (entries.length === 0) return null
  return (
    <section aria-label="Set at the same time" className="mb-5">
      <h2 className="mb-1.5 text-sm font-medium text-muted">Set at the same time</h2>
      <ul className="overflow-hidden rounded-lg border border-line bg-surface">
        {entries.map(({ row, lost }) => (
          <li key={`${row.id} ${lost.field} ${lost.by} ${lost.at}`} className="border-b border-line px-3 py-2 last:border-b-0">
            <Named projectId={projectId} row={row} />
            <LostLine projectId={projectId} of={row} lost={lost} isReadOnly={!canWrite} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Named({ projectId, row }: { projectId: string; row: LostRow }) {
  if (row.kind !== 'card') return <p className="text-xs text-muted">{row.kind === 'column' ? `The column ${row.name}` : 'The project'}</p>
  return (
    <Link
      to={`/projects/${projectId}/tasks/${row.id}?tab=timeline`}
      state={comingFrom(`/projects/${projectId}/history`, 'the history')}
      className="block truncate text-xs text-muted underline-offset-2 hover:underline"
    >
      {row.name}
    </Link>
  )
}
