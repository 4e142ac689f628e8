import type { AttemptStatus } from '#domain/attempts/schema.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { coverageOf } from '#domain/interviews/rules.ts'
import { type Interview, TOPICS, type Topic } from '#domain/interviews/schema.ts'
import type { TaskStatus } from '#domain/tasks/schema.ts'

/** Why something waits for a person, what presses most first. */
export const WHYS = ['failed', 'missed', 'question', 'mention', 'approval', 'review'] as const
export type Why = (typeof WHYS)[number]

/** Something that goes no further before a person has looked at it, or that was said to them. */
export type Need = {
  /** The card's id, the interview's, or the prompt's. */
  id: string
  kind: 'card' | 'interview' | 'prompt'
  /** The comment that mentions the person; null for everything else. */
  commentId: string | null
  why: Why
  projectId: string
  shortId: string
  title: string
  /** Why in the words of whoever stopped: the reason of a failure, an agent's question, what it did; or how a comment begins. Empty where nobody said anything. */
  said: string
  /** Who put it there, where that was a person. */
  by: string | null
  /** An interview's topics nobody has settled; the cards that wait for a prompt; 0 for a card. */
  open: number
  since: number
  /** The member it waits for. */
  concerns: string
  isUnseen: boolean
}

/** A card that may wait for somebody, with what its attempts came to. */
export type CardInQuestion = {
  id: string
  projectId: string
  shortId: string
  title: string
  status: TaskStatus
  statusAt: number | null
  statusBy: string | null
  assignee: string | null
  createdAt: number
  createdBy: string
  /** How what the agent said last begins, and how it ends. */
  summary: string | null
  ending: string | null
  /** True while a runner has an attempt at it, or is about to. */
  isUnderWay: boolean
  /** Of the attempt that ended last; null where none has. */
  outcome: AttemptStatus | null
  reason: string | null
  endedAt: number | null
  startedBy: string | null
  /** Up to when the asking person has seen it. */
  seenUpTo: number | null
}

/**
 * NEED-1: why a card waits for a person, or null. While an agent is at it, it waits for nobody. In progress it waits when the
 * attempt that ended last failed or was interrupted: who puts the card elsewhere has decided. In review it waits to be looked at;
 * where the agent's last words are a question, for an answer.
 */
export function whyCardWaits(card: Pick<CardInQuestion, 'status' | 'isUnderWay' | 'outcome' | 'ending'>): Why | null {
  if (card.isUnderWay) return null
  if (card.status === 'in_progress') return card.outcome === 'failed' || card.outcome === 'interrupted' ? 'failed' : null
  if (card.status !== 'review') return null
  return card.outcome === 'succeeded' && lastQuestion(card.ending) !== '' ? 'question' : 'review'
}

/** NEED-2: a card concerns its assignee; nobody's card whoever started the attempt, else whoever wrote it. */
export const whomCardConcerns = (card: Pick<CardInQuestion, 'assignee' | 'startedBy' | 'createdBy'>): string =>
  card.assignee ?? card.startedBy ?? card.createdBy

/** The card as a need of `me`'s, or of somebody else's; null where it waits for nobody. */
export function needOfCard(card: CardInQuestion, me: string): Need | null {
  const why = whyCardWaits(card)
  if (!why) return null
  const { id, projectId, shortId, title } = card
  const since = (why === 'failed' ? card.endedAt : (card.statusAt ?? card.endedAt)) ?? card.createdAt
  const concerns = whomCardConcerns(card)
  // NEED-4: bold is what concerns me and came since I looked, and not by my own hand.
  const isMyDoing = why !== 'failed' && card.statusBy === me
  const isUnseen = concerns === me && !isMyDoing && since > (card.seenUpTo ?? 0)
  const by = why === 'failed' || card.statusBy === SYSTEM ? null : card.statusBy
  return {
    id, kind: 'card', commentId: null, why, projectId, shortId, title, said: saidOf(card, why), by, open: 0, since, concerns, isUnseen,
  } // biome-ignore format: one row
}

function saidOf({ outcome, reason, summary, ending }: CardInQuestion, why: Why): string {
  if (why === 'failed') return reason ?? ''
  if (why === 'question') return lastQuestion(ending)
  return outcome === 'succeeded' ? (summary ?? '') : ''
}

export type InterviewInQuestion = Pick<Interview, 'id' | 'projectId' | 'title' | 'status' | 'createdBy' | 'updatedAt' | Topic>

/** NEED-3: an interview waits for an answer, of whoever began it, while it is active and a topic is open; who is in it sees that anyway. */
export function needOfInterview(interview: InterviewInQuestion): Need | null {
  const coverage = coverageOf(interview)
  const open = TOPICS.filter((topic) => coverage[topic] === 'open').length
  if (interview.status !== 'active' || open === 0) return null
  const { id, projectId, title, createdBy, updatedAt } = interview
  return {
    id, kind: 'interview', commentId: null, why: 'question', projectId, shortId: '', title, said: '', by: null, open, since: updatedAt, concerns: createdBy, isUnseen: false,
  } // biome-ignore format: one row
}

/** A comment of somebody else's that mentions the asking person, who has not seen it, with the card it stands on. */
export type MentionInQuestion = {
  commentId: string
  /** The card's. */
  id: string
  projectId: string
  shortId: string
  title: string
  author: string
  /** How it begins. */
  said: string
  createdAt: number
}

/** NEED-11: a mention waits for whom it names, and needs no more than being seen: then it is no need any longer. */
export const needOfMention = ({ author, createdAt, ...said }: MentionInQuestion, me: string): Need => ({
  ...said, kind: 'card', why: 'mention', by: author, open: 0, since: createdAt, concerns: me, isUnseen: true,
}) // biome-ignore format: one row

/** A time at which work at a card was to begin, and did not. */
export type MissedStart = {
  id: string
  projectId: string
  shortId: string
  title: string
  missedAt: number
  reason: string | null
  setBy: string
  seenUpTo: number | null
}

/** NEED-12: a start that was missed waits for whoever set its time, until it is set anew, started or taken off. */
export const needOfMissed = ({ missedAt, reason, setBy, seenUpTo, ...card }: MissedStart, me: string): Need => ({
  ...card, kind: 'card', commentId: null, why: 'missed', said: reason ?? '', by: null, open: 0, since: missedAt, concerns: setBy,
  isUnseen: setBy === me && missedAt > (seenUpTo ?? 0),
}) // biome-ignore format: one row

/** A version of a prompt that is not approved where only approved ones may be started, with how many cards wait to start from it. */
export type PromptInQuestion = {
  id: string
  projectId: string
  title: string
  version: number
  createdAt: number
  createdBy: string
  cards: number
}

/** NEED-13: it waits for everybody who may approve; whoever may not is shown none. */
export const needOfPrompt = ({ title, version, createdAt, createdBy, cards, ...prompt }: PromptInQuestion, me: string): Need => ({
  ...prompt, kind: 'prompt', commentId: null, why: 'approval', shortId: '', title: `${title} v${version}`, said: '', by: createdBy, open: cards,
  since: createdAt, concerns: me, isUnseen: false,
}) // biome-ignore format: one row

/** By why, what has waited longest first. */
export function inOrder(needs: readonly Need[]): Need[] {
  return [...needs].sort((a, b) => WHYS.indexOf(a.why) - WHYS.indexOf(b.why) || a.since - b.since || (a.id < b.id ? -1 : 1))
}

const QUESTION = /[^.!?。？؟\n]*[?？؟]["”»)*_`]*\s*$/u

/** The question a text ends with; empty where it ends otherwise. */
export const lastQuestion = (text: string | null): string => QUESTION.exec(text ?? '')?.[0].trim() ?? ''
