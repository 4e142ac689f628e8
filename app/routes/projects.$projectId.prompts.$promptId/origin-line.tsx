import { Link } from '@remix-run/react'
import { useQuery, useRoom } from '#app/replica/react.tsx'
import { chatRoom } from '#domain/core/rooms.ts'
import { interviewById, messagesOf } from '#domain/interviews/queries.ts'
import { sayAnswers } from './answer-numbers.ts'

/** Where a prompt comes from: the interview and which of its answers, or a person's hand. */
export function OriginLine({
  projectId,
  interviewId,
  sources,
}: {
  projectId: string
  interviewId: string | null
  sources: readonly string[]
}) {
  useRoom(interviewId ? chatRoom(interviewId) : null)
  const interview = useQuery(interviewId ? interviewById(projectId, interviewId) : null)?.[0]
  const messages = useQuery(interviewId ? messagesOf(interviewId) : null)
  if (!interviewId) return <span>written by hand</span>
  const answers = sayAnswers(messages ?? [], sources)
  return (
    <span>
      from interview{' '}
      <Link to={`/projects/${projectId}/interviews/${interviewId}`} className="text-accent underline underline-offset-2">
        {interview?.title ?? 'that is not here'}
      </Link>
      {answers && `, ${/^\d+$/.test(answers) ? 'answer' : 'answers'} ${answers}`}
    </span>
  )
}
