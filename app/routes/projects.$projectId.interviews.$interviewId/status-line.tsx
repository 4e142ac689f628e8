import type { Face } from '#app/people/use-people.ts'
import { Time } from '#app/ui/time.tsx'
import type { InterviewStatus } from '#domain/interviews/schema.ts'
import type { StatusChange } from '#domain/interviews/status-changes.ts'

const VERBS: Readonly<Record<InterviewStatus, string>> = { active: 'reopened', completed: 'finished', cancelled: 'cancelled' }

/** Among what was said: that somebody finished, cancelled or reopened the interview. */
export function StatusLine({ change: { by, at, to, beside }, faceOf }: { change: StatusChange; faceOf: (id: string) => Face }) {
  return (
    <li className="flex items-center gap-3 px-2 py-1.5 text-xs text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <span className="text-center">
        <span className="font-medium text-muted">{faceOf(by).name}</span> {VERBS[to]} this interview
        {beside !== null && `, at the same time as ${faceOf(beside).name}`} · <Time at={at} />
      </span>
    </li>
  )
}
