import { describe, expect, it } from 'vitest'
import type { Message } from '#domain/interviews/schema.ts'
import { decidePhase, shownMessages, wantsQuestion } from './phase.ts'

const message = (id: string, fields: Partial<Message>): Message => ({
  id,
  createdAt: 0,
  updatedAt: 0,
  createdBy: 'ada',
  role: 'assistant',
  content: 'words',
  author: '',
  model: null,
  topic: null,
  options: [],
  answers: null,
  status: 'done',
  error: null,
  stoppedBy: null,
  assumed: false,
  promptTokens: null,
  completionTokens: null,
  cost: null,
  images: [],
  turnId: null,
  tool: null,
  order: id,
  ...fields,
})
const open = {
  goal: 'open',
  users: 'open',
  data: 'open',
  screens: 'open',
  rules: 'open',
  limits: 'open',
  risks: 'open',
  doneWhen: 'open',
} as const
const byModel = { ...open, status: 'active', model: 'm1' } as const
const byList = { ...open, status: 'active', model: 'builtin' } as const
const question = message('a1', { topic: 'goal', options: ['x', 'y'] })
const answer = message('a2', { role: 'user', answers: 'a1' })
const no = { state: 'no' } as const

describe('decidePhase', () => {
  it('an ended interview is ended, whatever waits (INTERVIEW-1)', () => {
    expect(decidePhase({ ...byModel, status: 'completed' }, [question], no)).toEqual({ kind: 'ended' })
  })
  it('a question nobody answered is asked, also while a model is asked for the next (INTERVIEW-4)', () => {
    expect(decidePhase(byModel, [question], { state: 'under way' })).toEqual({ kind: 'question', question })
  })
  it('a question of the list about a topic assumed since waits no longer', () => {
    const listed = message('a1', { author: 'builtin', topic: 'goal', options: ['x', 'y'] })
    expect(decidePhase(byList, [listed], no).kind).toBe('question')
    expect(decidePhase({ ...byList, goal: 'assumed' }, [listed], no).kind).toBe('idle')
    expect(decidePhase({ ...byModel, goal: 'assumed' }, [question], no).kind).toBe('question')
  })
  it('a model at work thinks, then streams', () => {
    expect(decidePhase(byModel, [question, answer], { state: 'under way' }).kind).toBe('thinking')
    expect(decidePhase(byModel, [question, answer, message('a3', { status: 'queued', content: '' })], no).kind).toBe('thinking')
    expect(decidePhase(byModel, [question, answer, message('a3', { status: 'streaming' })], no).kind).toBe('streaming')
  })
  it('what grows is everybody’s, with what was said meanwhile below it; its end is read in the chat (INTERVIEW-13)', () => {
    const grows = (fields: Partial<Message>) => message('a3', { turnId: 't1', status: 'streaming', content: 'Who', ...fields })
    const said = message('a4', { role: 'user', content: 'By the way' })
    expect(decidePhase(byModel, [question, answer, grows({ content: '' })], no)).toEqual({ kind: 'thinking', turnId: 't1' })
    expect(decidePhase(byModel, [question, answer, grows({}), said], no)).toMatchObject({ kind: 'streaming', message: { id: 'a3' } })
    const stopped = [question, answer, grows({ status: 'failed', error: 'Stopped by Ada.', stoppedBy: 'ada' })]
    const ended = { kind: 'stopped', by: 'ada' }
    expect(decidePhase(byModel, stopped, no)).toEqual(ended)
    expect(decidePhase(byModel, stopped, { state: 'under way', turnId: 't1' }), 'before the page hears of its turn').toEqual(ended)
    expect(decidePhase(byModel, stopped, { state: 'refused', message: 'Stopped by Ada.', turnId: 't1' })).toEqual(ended)
    expect(decidePhase(byModel, stopped, { state: 'under way' }).kind, 'asked again').toBe('thinking')
    expect(decidePhase(byModel, stopped, { state: 'refused', message: 'no key' })).toMatchObject({ kind: 'failed', error: 'no key' })
    const phase = decidePhase(byModel, stopped, no)
    expect(
      shownMessages(stopped, phase).map(({ id }) => id),
      'what was half written is gone',
    ).toEqual(['a1', 'a2'])
  })
  it("a failure is the provider's words, until a retry is under way (I13)", () => {
    const failed = [question, answer, message('a3', { status: 'failed', error: '429 slow down' })]
    expect(decidePhase(byModel, failed, no)).toEqual({ kind: 'failed', error: '429 slow down', messageId: 'a3' })
    expect(decidePhase(byModel, failed, { state: 'under way' }).kind).toBe('thinking')
    expect(decidePhase(byModel, [question, answer], { state: 'refused', message: 'no key' })).toMatchObject({
      kind: 'failed',
      error: 'no key',
    })
  })
  it('the built-in list never thinks', () => {
    expect(decidePhase(byList, [question, answer], { state: 'under way' }).kind).toBe('idle')
  })
})

describe('shownMessages', () => {
  it('keeps the order and leaves out failed tries and what stands below', () => {
    const all = [answer, message('a4', { topic: 'users' }), question, message('a3', { status: 'failed' })]
    const phase = decidePhase(byModel, all, no)
    expect(phase.kind).toBe('question')
    expect(shownMessages(all, phase).map(({ id }) => id)).toEqual(['a1', 'a2'])
  })
})

describe('wantsQuestion', () => {
  it('a model is asked by itself only for the very first question', () => {
    expect(wantsQuestion(byModel, [], no)).toBe(true)
    expect(wantsQuestion(byModel, [], { state: 'refused', message: 'no' })).toBe(false)
    expect(wantsQuestion(byModel, [question, answer], no)).toBe(false)
    expect(wantsQuestion(byList, [], no)).toBe(false)
  })
})
