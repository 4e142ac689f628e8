import ArchiveRestore from 'lucide-react/icons/archive-restore'
import { useQuery } from '#app/replica/react.tsx'
import { Chooser } from '#app/work/deeds/chooser.tsx'
import { STATUS_LABELS } from '#app/work/status-words.ts'
import { archivedOf } from '#domain/tasks/queries.ts'
import { useMoves } from '../board-context.ts'

/** Nobody looks through more than this: what is older is found by its words in ⌘K. */
const MOST_SHOWN = 200

/** The cards that were put away, the latest first; one that is chosen comes back. */
export function Archived({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const moves = useMoves()
  const rows = useQuery(archivedOf(projectId)) ?? []
  const latest = [...rows].sort((a, b) => b.updatedAt - a.updatedAt).slice(0, MOST_SHOWN)
  return (
    <Chooser
      title={moves.canWrite ? 'Bring back an archived card' : 'Archived cards'}
      placeholder="Find among the archived cards…"
      choices={latest.map(({ id, shortId, title, status }) => ({
        id,
        label: `${shortId} ${title}`,
        icon: <ArchiveRestore className="size-4" />,
        hint: STATUS_LABELS[status],
        holds: 'none',
        run: () => moves.canWrite && moves.change([{ id, shortId }], { patch: { archived: false } }, 'back on the board'),
      }))}
      whenEmpty={rows.length === 0 ? 'No card is archived.' : 'No archived card has these words.'}
      onClose={onClose}
    />
  )
}
