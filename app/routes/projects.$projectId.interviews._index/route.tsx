import { Link, useParams } from '@remix-run/react'
import MessagesSquare from 'lucide-react/icons/messages-square'
import Plus from 'lucide-react/icons/plus'
import { useMemo, useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery, useSession } from '#app/replica/react.tsx'
import { useActions } from '#app/shell/actions.tsx'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Time } from '#app/ui/time.tsx'
import { interviewsOf } from '#domain/interviews/queries.ts'
import { coverageOf } from '#domain/interviews/rules.ts'
import { TOPICS } from '#domain/interviews/schema.ts'
import { modelsList } from '#domain/models/queries.ts'
import { askerName } from '../projects.$projectId.interviews.$interviewId/askers.ts'
import { StatusBadge } from '../projects.$projectId.interviews.$interviewId/status-badge.tsx'
import { LoadingRows } from '../settings/rows.tsx'
import { NewInterview } from './new-interview.tsx'

export const meta = () => [{ title: 'Interviews · Slipway' }]

const RANK = { active: 0, completed: 1, cancelled: 2 } as const

/** The interviews of a project: what is under way first. */
export default function Interviews() {
  const { projectId = '' } = useParams()
  const { member: me } = useSession()
  const faceOf = usePeople()
  const interviews = useQuery(interviewsOf(projectId))
  const models = useQuery(modelsList()) ?? []
  const [isStarting, setStarting] = useState(false)
  const inOrder = useMemo(
    () => [...(interviews ?? [])].sort((a, b) => RANK[a.status] - RANK[b.status] || b.createdAt - a.createdAt),
    [interviews],
  )
  const isViewer = me?.role === 'viewer'
  const actions = useMemo(
    () =>
      isViewer ? [] : [{ id: 'new', label: 'New interview', keys: 'n', icon: <Plus className="size-4" />, run: () => setStarting(true) }],
    [isViewer],
  )
  useActions('Interviews', actions)
  const add = (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} isDisabled={isViewer} onPress={() => setStarting(true)}>
      New interview
    </Button>
  )

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Interviews" actions={add} />
      <div className="min-h-0 flex-1 overflow-auto scroll-thin">
        <div className="mx-auto max-w-5xl px-4 py-4">
          {!interviews && <LoadingRows label="Loading the interviews" />}
          {interviews?.length === 0 && (
            <EmptyState
              icon={<MessagesSquare className="size-8" />}
              title="No interview yet"
              actions={!isViewer && <Button onPress={() => setStarting(true)}>Start the first interview</Button>}
            >
              An interview finds out what is wanted, question by question: goal, users, data, screens, rules, limits, risks and when it is
              done. Prompts and cards are made from the answers.
            </EmptyState>
          )}
          {inOrder.length > 0 && (
            <ul aria-label="Interviews" className="overflow-hidden rounded-lg border border-line bg-surface">
              {inOrder.map((interview) => {
                const coverage = coverageOf(interview)
                const settled = TOPICS.filter((topic) => coverage[topic] !== 'open').length
                return (
                  <li key={interview.id} className="border-b border-line last:border-b-0">
                    <Link
                      to={interview.id}
                      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 transition-colors hover:bg-hover focus-visible:ring-inset-focus md:grid-cols-[minmax(0,1fr)_130px_110px_96px]"
                    >
                      <span className="min-w-0">
                        <span className="block truncate font-medium">{interview.title}</span>
                        <span className="block truncate text-xs text-muted">
                          {askerName(interview.model, models)} · started by {faceOf(interview.createdBy).name}
                        </span>
                      </span>
                      <Progress settled={settled} />
                      <span className="flex">
                        <StatusBadge status={interview.status} />
                      </span>
                      <Time at={interview.updatedAt} className="text-right text-xs whitespace-nowrap text-faint" />
                    </Link>
                  </li>
                )
              })}
            </ul>
          )}
        </div>
      </div>
      {isStarting && <NewInterview projectId={projectId} onClose={() => setStarting(false)} />}
    </div>
  )
}

/** How many of the eight topics are settled. */
function Progress({ settled }: { settled: number }) {
  return (
    <span className="flex items-center gap-2 text-xs text-muted tabular">
      <span aria-hidden className="h-1 w-14 overflow-hidden rounded-full bg-pressed">
        <span className="block h-full rounded-full bg-accent-solid" style={{ width: `${(settled / TOPICS.length) * 100}%` }} />
      </span>
      {settled} of {TOPICS.length}
    </span>
  )
}
