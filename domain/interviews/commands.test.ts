import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { chatRoom } from '#domain/core/rooms.ts'
import type { World } from '#domain/core/world.ts'
import { answerQuestion, answerTopic, setInterviewStatus, startInterview } from './commands.ts'
import { criteriaFor, criteriaOf } from './criteria.ts'
import { requirementsOf, requirementsSheet } from './requirements.ts'
import { coverageOf, isEnough, openQuestion, questionAbout, questionsAndAnswers } from './rules.ts'
import { interviews, messages, TOPICS } from './schema.ts'

const projectId = '0193a000-0000-7000-8000-000000000001'
const interviewId = '0193a000-0000-7000-8000-000000000002'
let last = 0
const newId = (): string => `0193a000-0000-7000-8000-${String(++last + 100).padStart(12, '0')}`

/** One person's copy of the two documents an interview lives in. */
function device(actor: string) {
  const docs = new Map<string, Y.Doc>()
  const doc = (room: string): Y.Doc => docs.get(room) ?? (docs.set(room, new Y.Doc()).get(room) as Y.Doc)
  const world = (): World => ({ now: ++last, actor, newId, random: Math.random })
  const run = <I, T>(command: Command<I, T>, input: object) => runCommand(command, doc, world(), { projectId, interviewId, ...input })
  const chat = () => new RoomTx(doc(chatRoom(interviewId)), world()).all(messages)
  const interview = () => {
    const row = new RoomTx(doc(`project/${projectId}`), world()).get(interviews, interviewId)
    if (!row) throw new Error('there is no interview')
    return row
  }
  const answer = (text: string, dontKnow = false) =>
    run(answerQuestion, { id: newId(), questionId: openQuestion(chat())?.id, text, dontKnow })
  return { docs, doc, run, chat, interview, answer }
}

type Device = ReturnType<typeof device>
function sync(a: Device, b: Device): void {
  for (const room of new Set([...a.docs.keys(), ...b.docs.keys()])) {
    Y.applyUpdate(a.doc(room), Y.encodeStateAsUpdate(b.doc(room)))
    Y.applyUpdate(b.doc(room), Y.encodeStateAsUpdate(a.doc(room)))
  }
}

describe('an interview with the built-in list', () => {
  it('INTERVIEW-2 INTERVIEW-3 asks about every topic once, and has enough after the last', () => {
    const ada = device('ada')
    ada.run(startInterview, { title: 'Checkout' })
    for (let question = openQuestion(ada.chat()); question; question = openQuestion(ada.chat())) {
      expect(question.options.length).toBeGreaterThanOrEqual(2)
      expect(question.options.length).toBeLessThanOrEqual(5)
      expect(isEnough(coverageOf(ada.interview()))).toBe(false)
      ada.answer(`About ${question.topic}`, question.topic === 'risks')
    }
    const asked = ada.chat().filter((message) => message.role === 'assistant')
    expect(asked.map((message) => message.topic).sort()).toEqual([...TOPICS].sort())
    expect(isEnough(coverageOf(ada.interview()))).toBe(true)
    expect(ada.interview().risks).toBe('assumed')
  })

  it('two people who answer one question offline cause one next question, and both answers stay', () => {
    const [ada, bob] = [device('ada'), device('bob')]
    ada.run(startInterview, { title: 'Checkout' })
    sync(ada, bob)
    ada.answer('Faster checkout')
    bob.answer('Fewer mistakes')
    sync(ada, bob)
    expect(ada.chat().filter((message) => message.role === 'assistant')).toHaveLength(2)
    expect(
      ada
        .chat()
        .filter((message) => message.role === 'user')
        .map((message) => message.author)
        .sort(),
    ).toEqual(['ada', 'bob'])
    const inOrder = (chat: ReturnType<Device['chat']>): string[] => chat.map(({ order, id }) => `${order} ${id}`).sort()
    expect(inOrder(ada.chat())).toEqual(inOrder(bob.chat()))
  })

  it('INTERVIEW-1 an ended one takes no more, says why, and can be reopened by name', () => {
    const ada = device('ada')
    ada.run(startInterview, { title: 'Checkout' })
    ada.run(setInterviewStatus, { status: 'completed' })
    expect(ada.answer('too late')).toMatchObject({ ok: false, code: 'interview-ended' })
    expect(ada.run(setInterviewStatus, { status: 'cancelled' })).toMatchObject({ ok: false, code: 'illegal-transition' })
    ada.run(setInterviewStatus, { status: 'active' })
    expect(ada.interview()).toMatchObject({ status: 'active', statusBy: 'ada' })
    expect(ada.answer('in time')).toMatchObject({ ok: true })
  })

  it('INTERVIEW-5 INTERVIEW-6 the sheet says what was said, by which message, and the criteria can be checked one by one', () => {
    const ada = device('ada')
    ada.run(startInterview, { title: 'Checkout' })
    for (let question = openQuestion(ada.chat()); question; question = openQuestion(ada.chat())) {
      ada.answer(
        question.topic === 'doneWhen' ? '- Paying works\n- The receipt arrives' : `About ${question.topic}`,
        question.topic === 'limits',
      )
    }
    const requirements = requirementsOf(ada.interview(), ada.chat())
    const answerTo = (topic: string) => ada.chat().find((message) => message.role === 'user' && message.topic === topic)?.id
    expect(criteriaOf(requirements).slice(0, 3)).toEqual([
      { text: 'Paying works', sources: [answerTo('doneWhen')] },
      { text: 'The receipt arrives', sources: [answerTo('doneWhen')] },
      { text: 'Shown in use: About goal', sources: [answerTo('goal')] },
    ])
    for (const requirement of requirements)
      expect(criteriaFor(requirement)[0]?.sources, requirement.topic).toEqual([answerTo(requirement.topic)])
    const goal = requirements.find(({ topic }) => topic === 'goal')
    expect(ada.chat().find(({ id }) => id === goal?.statements[0]?.messageId)?.content).toBe('About goal')
    expect(requirementsSheet('Checkout', requirements)).toContain('## Limits\n\n- _Assumed')
    expect(requirementsSheet('Checkout', requirements)).toContain('## Done when\n\n- Paying works\n- The receipt arrives\n')
  })
})

describe('several people answer at once (INTERVIEW-12, I11)', () => {
  const three = () => {
    const [ada, bob, carol] = [device('ada'), device('bob'), device('carol')]
    ada.run(startInterview, { title: 'Checkout' })
    const all = () => {
      for (const [a, b] of [[ada, bob], [ada, carol], [ada, bob]] as const) sync(a, b) // biome-ignore format: pairs
    }
    all()
    return { ada, bob, carol, all }
  }
  const said = (of: Device) =>
    questionsAndAnswers(of.chat()).map(({ question, answers }) => `${question.topic}: ${answers.map((a) => `${a.author} ${a.content}`).join(', ')}`) // biome-ignore format: one line

  it('three devices answer three different questions, each lands once with its author, and the asked one goes on', () => {
    const { ada, bob, carol, all } = three()
    ada.answer('Faster checkout')
    bob.run(answerTopic, { id: newId(), topic: 'limits', text: 'Works on phones' })
    carol.run(answerTopic, { id: newId(), topic: 'risks', text: 'No idea', dontKnow: true })
    all()
    for (const each of [ada, bob, carol]) {
      expect(said(each).sort()).toEqual(['goal: ada Faster checkout', 'limits: bob Works on phones', 'risks: carol No idea', 'users: '])
      expect(each.interview()).toMatchObject({ goal: 'answered', limits: 'answered', risks: 'assumed', users: 'open' })
      expect(openQuestion(each.chat(), coverageOf(each.interview()))?.topic).toBe('users')
    }
    expect(requirementsOf(ada.interview(), ada.chat(), []).find(({ topic }) => topic === 'limits')?.statements[0]?.author).toBe('bob')
    while (openQuestion(ada.chat())) ada.answer('Yes')
    const asked = ada.chat().filter(({ role }) => role === 'assistant')
    expect(asked.map(({ topic }) => topic).sort(), 'what was picked is not asked again').toEqual([...TOPICS].sort())
  })

  it('two who pick one topic apart answer one question; a question that waits is the one that is answered', () => {
    const { ada, bob, carol, all } = three()
    expect(questionAbout(interviewId, 'goal', ada.chat()).id, 'it stands there already').toBe(openQuestion(ada.chat())?.id)
    ada.run(answerTopic, { id: newId(), topic: 'data', text: 'Orders' })
    bob.run(answerTopic, { id: newId(), topic: 'data', text: 'Receipts' })
    carol.run(answerTopic, { id: newId(), topic: 'goal', text: 'Fewer mistakes' })
    all()
    const who = (topic: string) => ada.chat().filter((message) => message.answers && message.topic === topic).map(({ author }) => author).sort() // biome-ignore format: one line
    expect([who('data'), who('goal')]).toEqual([['ada', 'bob'], ['carol']])
    expect(questionsAndAnswers(ada.chat()).map(({ question }) => question.topic).sort()).toEqual(['data', 'goal', 'users']) // biome-ignore format: one line
  })

  it('nobody answers a topic of an interview that has ended', () => {
    const { ada } = three()
    ada.run(setInterviewStatus, { status: 'completed' })
    expect(ada.run(answerTopic, { id: newId(), topic: 'data', text: 'Orders' })).toMatchObject({ code: 'interview-ended' })
  })
})
