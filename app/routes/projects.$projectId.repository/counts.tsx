import { Link } from '@remix-run/react'
import { useQuery } from '#app/replica/react.tsx'
import { projectCounts } from '#domain/changes/count.ts'

const SHOWN = [
  { field: 'interviews', one: 'interview', to: '/interviews' },
  { field: 'prompts', one: 'prompt', to: '/prompts' },
  { field: 'tasks', one: 'task', to: '' },
  { field: 'commits', one: 'commit', to: '/history' },
] as const

/** The four numbers of a project, each a way to what it counts. */
export function Counts({ projectId }: { projectId: string }) {
  const counts = useQuery(projectCounts())
  const count = counts?.find(({ id }) => id === projectId)
  return (
    <ul
      aria-label="What this project holds"
      className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-surface md:grid-cols-4"
    >
      {SHOWN.map(({ field, one, to }) => {
        const value = count?.[field] ?? null
        return (
          <li key={field} className="-mt-px -ml-px border-t border-l border-line">
            <Link
              to={`/projects/${projectId}${to}`}
              className="flex flex-col px-4 py-3 transition-colors hover:bg-hover focus-visible:ring-inset-focus"
            >
              <span className="text-xl font-semibold tabular">{value ?? '–'}</span>
              <span className="text-sm text-muted">{value === 1 ? one : `${one}s`}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
