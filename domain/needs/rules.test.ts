import { describe, expect, test } from 'vitest'
import {
  type CardInQuestion,
  inOrder,
  lastQuestion,
  type Need,
  needOfCard,
  needOfInterview,
  needOfMention,
  needOfMissed,
  needOfPrompt,
  whomCardConcerns,
  whyCardWaits,
} from './rules.ts'

const card: CardInQuestion = {
  id: 't1', projectId: 'p1', shortId: 'APP-1', title: 'Pay by card', status: 'review', statusAt: 20, statusBy: 'system', assignee: null,
  createdAt: 1, createdBy: 'ada', summary: 'Wrote it.', ending: 'Wrote it.', isUnderWay: false, outcome: 'succeeded', reason: null, endedAt: 19, startedBy: 'bob', seenUpTo: null,
} // biome-ignore format: one card
const failed: CardInQuestion = { ...card, status: 'in_progress', statusAt: 5, outcome: 'failed', reason: 'The model refused.', endedAt: 30 }

describe('whyCardWaits', () => {
  test('NEED-1 in review it waits to be looked at, whether an attempt brought it there or a hand', () => {
    expect(whyCardWaits(card)).toBe('review')
    expect(whyCardWaits({ ...card, outcome: null })).toBe('review')
    expect(whyCardWaits({ ...card, outcome: 'failed' }), 'somebody put it there knowing that').toBe('review')
  })

  test('NEED-1 in review it waits for an answer where the agent’s last words are a question', () => {
    expect(whyCardWaits({ ...card, ending: 'Two ways are open. Shall I keep the old one?' })).toBe('question')
    expect(whyCardWaits({ ...card, ending: 'Shall I keep it? I kept it.' })).toBe('review')
    expect(whyCardWaits({ ...card, outcome: null, ending: 'Shall I keep it?' }), 'words of an attempt that is no more').toBe('review')
  })

  test('NEED-1 in progress it waits when the attempt that ended last failed or was interrupted', () => {
    for (const outcome of ['failed', 'interrupted'] as const) expect(whyCardWaits({ ...failed, outcome })).toBe('failed')
    for (const outcome of ['succeeded', 'cancelled', null] as const) expect(whyCardWaits({ ...failed, outcome })).toBeNull()
  })

  test('NEED-1 it waits for nobody while an agent is at it, nor where somebody has put it elsewhere', () => {
    expect(whyCardWaits({ ...failed, isUnderWay: true })).toBeNull()
    expect(whyCardWaits({ ...card, isUnderWay: true })).toBeNull()
    for (const status of ['backlog', 'todo', 'done', 'cancelled'] as const) expect(whyCardWaits({ ...failed, status })).toBeNull()
  })
})

test('NEED-2 a card concerns its assignee, else who started the attempt, else who wrote it', () => {
  expect(whomCardConcerns({ ...card, assignee: 'carol' })).toBe('carol')
  expect(whomCardConcerns(card)).toBe('bob')
  expect(whomCardConcerns({ ...card, startedBy: null })).toBe('ada')
})

describe('needOfInterview', () => {
  const covered = { goal: 'answered', users: 'assumed', data: 'answered', screens: 'answered', rules: 'answered', limits: 'answered', risks: 'answered', doneWhen: 'answered' } as const // biome-ignore format: one line
  const interview = { id: 'i1', projectId: 'p1', title: 'Checkout', status: 'active', createdBy: 'ada', updatedAt: 7, ...covered } as const

  test('NEED-3 an interview waits for an answer while it is active and a topic is open', () => {
    expect(needOfInterview({ ...interview, goal: 'open', risks: 'open' })).toMatchObject({
      why: 'question',
      open: 2,
      since: 7,
      concerns: 'ada',
    })
    expect(needOfInterview(interview)).toBeNull()
    expect(needOfInterview({ ...interview, goal: 'open', status: 'completed' })).toBeNull()
  })
})

describe('needOfCard', () => {
  test('NEED-4 a result is unseen by whom it concerns until that person has seen it, and again when the next one comes', () => {
    expect(needOfCard(card, 'bob')).toMatchObject({ why: 'review', since: 20, isUnseen: true })
    expect(needOfCard(card, 'ada')).toMatchObject({ concerns: 'bob', isUnseen: false })
    expect(needOfCard({ ...card, seenUpTo: 20 }, 'bob')).toMatchObject({ isUnseen: false })
    expect(needOfCard({ ...card, seenUpTo: 20, statusAt: 21 }, 'bob')).toMatchObject({ isUnseen: true })
  })

  test('NEED-4 what one has put into review oneself is no news; that it failed is', () => {
    expect(needOfCard({ ...card, statusBy: 'bob' }, 'bob')).toMatchObject({ isUnseen: false })
    expect(needOfCard({ ...failed, statusBy: 'bob' }, 'bob')).toMatchObject({
      why: 'failed',
      since: 30,
      said: 'The model refused.',
      isUnseen: true,
    })
  })

  test('NEED-4 a card of a version that did not say when it moved stands since its attempt ended, or since it was made', () => {
    expect(needOfCard({ ...card, statusAt: null, statusBy: null }, 'bob')).toMatchObject({ since: 19 })
    expect(needOfCard({ ...card, statusAt: null, endedAt: null, outcome: null }, 'bob')).toMatchObject({ since: 1 })
  })
})

test('NEED-11 a mention is a need of whom it names, with its comment and who wrote it, since it was written', () => {
  const mention = {
    commentId: 'c1',
    id: 't1',
    projectId: 'p1',
    shortId: 'APP-1',
    title: 'Pay',
    author: 'bob',
    said: '@Ada look',
    createdAt: 7,
  }
  const { author: _, createdAt: __, ...same } = mention
  expect(needOfMention(mention, 'ada')).toEqual({
    ...same, kind: 'card', why: 'mention', by: 'bob', open: 0, since: 7, concerns: 'ada', isUnseen: true,
  }) // biome-ignore format: one row
})

test('NEED-6 what presses most comes first, and of that what has waited longest', () => {
  const need = (id: string, why: Need['why'], since: number) => ({ id, why, since }) as Need
  const needs = [need('a', 'review', 1), need('b', 'failed', 9), need('c', 'question', 2), need('d', 'failed', 3), need('e', 'mention', 1)]
  expect(inOrder(needs).map(({ id }) => id)).toEqual(['d', 'b', 'c', 'e', 'a'])
})

test('NEED-1 the question a text ends with', () => {
  expect(lastQuestion('I looked at both. Shall I keep the old one?')).toBe('Shall I keep the old one?')
  expect(lastQuestion('Fertig.\n**Soll die alte bleiben?** ')).toBe('**Soll die alte bleiben?**')
  expect(lastQuestion('どちらにしますか？')).toBe('どちらにしますか？')
  expect(lastQuestion('Why? Because.')).toBe('')
  expect(lastQuestion(null)).toBe('')
})

test('NEED-12 NEED-13 what was missed is new to whoever set it until they have seen it; what waits for approval waits for who may approve', () => {
  const missed = {
    id: 't1',
    projectId: 'p1',
    shortId: 'A-1',
    title: 'Nightly',
    missedAt: 7,
    reason: 'No runner.',
    setBy: 'ada',
    seenUpTo: 6,
  }
  expect(needOfMissed(missed, 'ada')).toMatchObject({
    kind: 'card',
    why: 'missed',
    said: 'No runner.',
    since: 7,
    concerns: 'ada',
    isUnseen: true,
  })
  expect(needOfMissed({ ...missed, seenUpTo: 7 }, 'ada').isUnseen).toBe(false)
  expect(needOfMissed(missed, 'bob')).toMatchObject({ concerns: 'ada', isUnseen: false })
  const prompt = { id: 'v2', projectId: 'p1', title: 'Pay', version: 2, createdAt: 1, createdBy: 'bob', cards: 3 }
  expect(needOfPrompt(prompt, 'ada')).toMatchObject({
    id: 'v2',
    kind: 'prompt',
    why: 'approval',
    title: 'Pay v2',
    open: 3,
    concerns: 'ada',
    isUnseen: false,
  })
})
