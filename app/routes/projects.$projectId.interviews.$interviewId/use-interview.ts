import { useCallback, useMemo } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery, useRoom } from '#app/replica/react.tsx'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { answerQuestion, assumeTopic, sayInInterview, setInterviewModel, setInterviewStatus } from '#domain/interviews/commands.ts'
import { interviewById, messagesOf } from '#domain/interviews/queries.ts'
import type { InterviewStatus, Topic } from '#domain/interviews/schema.ts'

/** An interview with everything that can be done to it; each deed answers null, or the sentence that refused it. */
export function useInterview(projectId: string, interviewId: string) {
  const project = useRoom(projectRoom(projectId))
  const chat = useRoom(chatRoom(interviewId))
  const found = useQuery(interviewById(projectId, interviewId))
  const messages = useQuery(messagesOf(interviewId))
  const answer = useCommand(answerQuestion)
  const say = useCommand(sayInInterview)
  const assume = useCommand(assumeTopic)
  const setStatus = useCommand(setInterviewStatus)
  const setModel = useCommand(setInterviewModel)
  const here = useMemo(() => ({ projectId, interviewId }), [projectId, interviewId])
  const told = useCallback(async (answered: Promise<{ ok: true } | { ok: false; message: string }>) => {
    const outcome = await answered
    return outcome.ok ? null : outcome.message
  }, [])

  return {
    interview: found?.[0],
    messages,
    isMissing: found?.length === 0 && project.ready,
    canWrite: project.canWrite && chat.canWrite,
    answer: (questionId: string, text: string, dontKnow: boolean) => told(answer({ ...here, id: v7(), questionId, text, dontKnow })),
    say: (text: string) => told(say({ ...here, id: v7(), text })),
    assume: (topic: Topic) => told(assume({ ...here, topic })),
    setStatus: (status: InterviewStatus) => told(setStatus({ ...here, status })),
    setModel: (model: string) => told(setModel({ ...here, model })),
  }
}
