import { useCallback, useMemo } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery, useRoom } from '#app/replica/react.tsx'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import {
  answerQuestion,
  answerTopic,
  assumeTopic,
  sayInInterview,
  setInterviewModel,
  setInterviewStatus,
} from '#domain/interviews/commands.ts'
import { type OpenQuestion, openQuestions, settleContradiction } from '#domain/interviews/contradictions.ts'
import { editAnswer } from '#domain/interviews/edit-answer.ts'
import { answerEditsOf, contradictionsOf, interviewById, messagesOf } from '#domain/interviews/queries.ts'
import type { InterviewStatus, Topic } from '#domain/interviews/schema.ts'

const NONE: never[] = []

/** An interview with everything that can be done to it; each deed answers null, or the sentence that refused it. */
export function useInterview(projectId: string, interviewId: string) {
  const project = useRoom(projectRoom(projectId))
  const chat = useRoom(chatRoom(interviewId))
  const found = useQuery(interviewById(projectId, interviewId))
  const messages = useQuery(messagesOf(interviewId))
  const answer = useCommand(answerQuestion)
  const answerOf = useCommand(answerTopic)
  const say = useCommand(sayInInterview)
  const assume = useCommand(assumeTopic)
  const setStatus = useCommand(setInterviewStatus)
  const setModel = useCommand(setInterviewModel)
  const edit = useCommand(editAnswer)
  const settle = useCommand(settleContradiction)
  const known = useQuery(contradictionsOf(projectId, interviewId))
  const edits = useQuery(answerEditsOf(projectId))
  const open = useMemo(() => openQuestions(messages ?? [], known ?? []), [messages, known])
  const here = useMemo(() => ({ projectId, interviewId }), [projectId, interviewId])
  const told = useCallback(async (answered: Promise<{ ok: true } | { ok: false; message: string }>) => {
    const outcome = await answered
    return outcome.ok ? null : outcome.message
  }, [])

  return {
    interview: found?.[0],
    messages,
    /** What contradicts itself still, and how the rest was settled. */
    open,
    contradictions: known ?? NONE,
    edits: edits ?? NONE,
    isMissing: found?.length === 0 && project.ready,
    canWrite: project.canWrite && chat.canWrite,
    answer: (questionId: string, text: string, dontKnow: boolean) => told(answer({ ...here, id: v7(), questionId, text, dontKnow })),
    answerTopic: (topic: Topic, text: string, dontKnow: boolean) => told(answerOf({ ...here, id: v7(), topic, text, dontKnow })),
    edit: (messageId: string, text: string) => told(edit({ ...here, id: v7(), messageId, text })),
    settle: ({ id, name, answers }: OpenQuestion, kept: string[], settlement: string) =>
      told(settle({ ...here, id, name, answers: [...answers], kept, settlement })),
    say: (text: string) => told(say({ ...here, id: v7(), text })),
    assume: (topic: Topic) => told(assume({ ...here, topic })),
    setStatus: (status: InterviewStatus) => told(setStatus({ ...here, status })),
    setModel: (model: string) => told(setModel({ ...here, model })),
  }
}
