import type { PastChange } from '#domain/core/history.ts'
import { INTERVIEW_STATUSES, type Interview, type InterviewStatus, type Message } from './schema.ts'

/** That somebody finished, cancelled or reopened an interview; `beside` is who changed it without knowing of it. */
export type StatusChange = { by: string; at: number; to: InterviewStatus; beside: string | null }

type Kept = Pick<Interview, 'status' | 'statusBy' | 'statusAt' | 'history'>

/** INTERVIEW-14: every change of an interview's status, each with who made it and when; of one that changed before this was kept, the last. */
export function statusChanges({ status, statusBy, statusAt, history }: Kept): StatusChange[] {
  const kept = history.flatMap(readChange)
  if (kept.length === 0) return statusAt === null ? [] : [{ by: statusBy ?? '', at: statusAt, to: status, beside: null }]
  return kept.map(({ by, at, from, to }, place) => {
    const last = kept[place - 1]
    return { by, at, to, beside: last && last.to !== from ? last.by : null }
  })
}

function readChange({ by, at, fields }: PastChange): { by: string; at: number; from: unknown; to: InterviewStatus }[] {
  const to = INTERVIEW_STATUSES.find((word) => word === fields.status?.after)
  return to ? [{ by, at, from: fields.status?.before, to }] : []
}

/** The messages of a conversation, in their order, with such changes among them by the time: what is asked when it is reopened comes after that. */
export function changesAmong<M extends Pick<Message, 'createdAt'>>(
  messages: readonly M[],
  changes: readonly StatusChange[],
): (M | StatusChange)[] {
  const among: (M | StatusChange)[] = []
  let next = 0
  for (const message of messages) {
    for (let change = changes[next]; change && change.at <= message.createdAt; change = changes[++next]) among.push(change)
    among.push(message)
  }
  return [...among, ...changes.slice(next)]
}
