import { Link, useParams } from '@remix-run/react'
import GitCommitHorizontal from 'lucide-react/icons/git-commit-horizontal'
import Search from 'lucide-react/icons/search'
import { useDeferredValue, useMemo, useState } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Select } from '#app/ui/select.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { commitsOf } from '#domain/changes/queries.ts'
import { cardsOf } from '#domain/tasks/queries.ts'
import { LoadingRows } from '../settings/rows.tsx'
import { CommitRow } from './commit-row.tsx'
import { byDay, filterCommits, NO_FILTER } from './filter-commits.ts'
import { LostList } from './lost-list.tsx'

export const meta = () => [{ title: 'History · Slipway' }]

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const ALL = 'all'
/** So many are drawn at once; the rest on demand. */
const PAGE = 200

/** Every commit made for this project, newest first; above them what people set at the same time. */
export default function History() {
  const { projectId = '' } = useParams()
  const commits = useQuery(commitsOf(projectId))
  const cards = useQuery(cardsOf(projectId))
  const [filter, setFilter] = useState(NO_FILTER)
  const [most, setMost] = useState(PAGE)
  const settled = useDeferredValue(filter)
  const taskById = useMemo(() => new Map((cards ?? []).map((card) => [card.id, card])), [cards])
  const found = useMemo(() => filterCommits(commits ?? [], settled), [commits, settled])
  const days = useMemo(() => byDay(found.slice(0, most), (at) => day.format(at)), [found, most])
  const types = useMemo(() => [...new Set((commits ?? []).map(({ type }) => type))].sort(), [commits])
  const tasks = useMemo(
    () =>
      [...new Set((commits ?? []).map(({ taskId }) => taskId))].map((id) => {
        const card = taskById.get(id)
        return { id, label: card ? `${card.shortId} ${card.title}` : 'A deleted card' }
      }),
    [commits, taskById],
  )

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        title="History"
        after={commits && commits.length > 0 && <span className="text-sm text-faint tabular">{commits.length}</span>}
      />
      {/* There from the start, so that nothing jumps when the list comes. */}
      {commits?.length !== 0 && (
        <search
          aria-label="Filter the commits"
          className="grid shrink-0 grid-cols-2 gap-2 border-b border-line px-4 py-2 md:grid-cols-[minmax(0,320px)_150px_minmax(0,260px)]"
        >
          <TextField
            label="Find a commit"
            hideLabel
            noMessage
            placeholder="Find in messages"
            value={filter.text}
            onChange={(text) => setFilter({ ...filter, text })}
            className="max-md:col-span-2"
          />
          <Select
            label="Type"
            hideLabel
            noMessage
            choices={[{ id: ALL, label: 'Every type' }, ...types.map((type) => ({ id: type as string, label: type as string }))]}
            value={filter.type ?? ALL}
            onChange={(type) => setFilter({ ...filter, type: type === ALL ? null : type })}
          />
          <Select
            label="Card"
            hideLabel
            noMessage
            choices={[{ id: ALL, label: 'Every card' }, ...tasks]}
            value={filter.taskId ?? ALL}
            onChange={(taskId) => setFilter({ ...filter, taskId: taskId === ALL ? null : taskId })}
          />
        </search>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section aria-label="Commits" tabIndex={0} className="min-h-0 flex-1 overflow-auto scroll-thin focus-visible:ring-inset-focus">
        <div className="mx-auto max-w-5xl px-4 py-4">
          <LostList projectId={projectId} />
          {!commits && <LoadingRows label="Loading the commits" />}
          {commits?.length === 0 && (
            <EmptyState
              icon={<GitCommitHorizontal className="size-8" />}
              title="No commit yet"
              actions={
                <Link to={`/projects/${projectId}`} className={buttonClasses('plain')}>
                  Go to the board
                </Link>
              }
            >
              Start a card on the board. What an agent commits for it appears here, as a Conventional Commit.
            </EmptyState>
          )}
          {commits && commits.length > 0 && found.length === 0 && (
            <EmptyState
              icon={<Search className="size-8" />}
              title="No commit fits"
              actions={<Button onPress={() => setFilter(NO_FILTER)}>Show all</Button>}
            />
          )}
          {days.map((group) => (
            <section key={group.day} className="mb-5">
              <h2 className="mb-1.5 text-sm font-medium text-muted">{group.day}</h2>
              <ul aria-label={`Commits of ${group.day}`} className="overflow-hidden rounded-lg border border-line bg-surface">
                {group.commits.map((commit) => (
                  <CommitRow key={commit.id} commit={commit} projectId={projectId} task={taskById.get(commit.taskId)} />
                ))}
              </ul>
            </section>
          ))}
          {found.length > most && (
            <Button onPress={() => setMost(most + PAGE)} className="mx-auto flex">
              Show {Math.min(PAGE, found.length - most)} more
            </Button>
          )}
        </div>
      </section>
    </div>
  )
}
