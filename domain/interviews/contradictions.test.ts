import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { askByModel } from './agent-messages.ts'
import { answerQuestion, sayInInterview, setInterviewStatus, startInterview } from './commands.ts'
import { asLine, decideGenerate, openQuestions, settleContradiction } from './contradictions.ts'
import { editAnswer } from './edit-answer.ts'
import { requirementsOf } from './requirements.ts'
import { openQuestion } from './rules.ts'
import { answerEdits, contradictions, interviews, messages } from './schema.ts'

const projectId = '0193a000-0000-7000-8000-000000000001'
const interviewId = '0193a000-0000-7000-8000-000000000002'
let last = 0
const newId = (): string => `0193a000-0000-7000-8000-${String(++last + 100).padStart(12, '0')}`

/** One person's copy of the documents. */
function device(actor: string) {
  const docs = new Map<string, Y.Doc>()
  const doc = (room: string): Y.Doc => docs.get(room) ?? (docs.set(room, new Y.Doc()).get(room) as Y.Doc)
  const world = () => ({ now: ++last, actor, newId, random: Math.random })
  const run = <I, T>(command: Command<I, T>, input: object) => runCommand(command, doc, world(), { projectId, interviewId, ...input })
  const project = () => new RoomTx(doc(`project/${projectId}`), world())
  const chat = () => new RoomTx(doc(`chat/${interviewId}`), world()).all(messages)
  const open = () => openQuestions(chat(), project().all(contradictions))
  const users = () => {
    const interview = project().get(interviews, interviewId)
    const all = interview ? requirementsOf(interview, chat(), project().all(contradictions)) : []
    return all.find(({ topic }) => topic === 'users')?.statements.map(({ text, author }) => `${author}: ${text}`)
  }
  return { docs, doc, run, project, chat, open, users }
}

function sync(...all: ReturnType<typeof device>[]): void {
  for (const a of all) {
    for (const b of all) for (const room of b.docs.keys()) Y.applyUpdate(a.doc(room), Y.encodeStateAsUpdate(b.doc(room)))
  }
}

/** Three browsers, with the question about users open, each offline. */
function three() {
  const [ada, bob, cem] = [device('ada'), device('bob'), device('cem')]
  ada.run(startInterview, { title: 'Till' })
  ada.run(answerQuestion, { id: newId(), questionId: openQuestion(ada.chat())?.id, text: 'Fewer mistakes' })
  sync(ada, bob, cem)
  const questionId = openQuestion(ada.chat())?.id
  return { ada, bob, cem, answer: { questionId } }
}

describe('answers that contradict each other (I9)', () => {
  it('INTERVIEW-7 INTERVIEW-8 three browsers, two of them at odds: one named question blocks generation until one person settles it', () => {
    const { ada, bob, cem, answer } = three()
    ada.run(answerQuestion, { id: newId(), ...answer, text: 'Our own team' })
    bob.run(answerQuestion, { id: newId(), ...answer, text: 'Anyone, without an account' })
    cem.run(answerQuestion, { id: newId(), ...answer, text: 'our own team.' })
    sync(ada, bob, cem)
    const [question, ...more] = cem.open()
    expect(more).toEqual([])
    expect(question?.name).toMatch(
      /^Users: “(?:Our own team|our own team\.)” or “Anyone, without an account”\?$|^Users: “Anyone, without an account” or “/,
    )
    expect(decideGenerate(cem.open())).toMatchObject({
      ok: false,
      code: 'contradiction-open',
      message: expect.stringContaining(question?.name ?? '?'),
    })

    const kept = cem
      .chat()
      .filter(({ content }) => content.startsWith('Anyone'))
      .map(({ id }) => id)
    expect(cem.run(settleContradiction, { ...question, kept })).toMatchObject({ ok: true })
    sync(ada, bob, cem)
    for (const person of [ada, bob, cem]) {
      expect(person.open()).toEqual([])
      expect(decideGenerate(person.open())).toMatchObject({ ok: true })
      expect(person.users()).toContain('bob: Anyone, without an account')
      expect(person.users()).not.toContain('ada: Our own team')
    }
    expect(ada.project().all(contradictions)[0]).toMatchObject({ settledBy: 'cem' })
  })

  it('what holds instead stands in the name of who said so', () => {
    const { ada, bob, answer } = three()
    ada.run(answerQuestion, { id: newId(), ...answer, text: 'Our own team' })
    bob.run(answerQuestion, { id: newId(), ...answer, text: 'Anyone' })
    sync(ada, bob)
    ada.run(settleContradiction, { ...ada.open()[0], kept: [], settlement: 'Our team now, anyone next year' })
    expect(ada.users()).toEqual(['ada: Our team now, anyone next year'])
    const [settled] = ada.project().all(contradictions)
    expect(settled && asLine(settled, ada.chat()).content).toMatch(/^Settled: .*Our team now, anyone next year It does not hold: \[/)
  })

  it("INTERVIEW-7 one person's second answer, and who does not know, contradict nobody", () => {
    const { ada, bob, answer } = three()
    ada.run(answerQuestion, { id: newId(), ...answer, text: 'Our own team' })
    ada.run(answerQuestion, { id: newId(), ...answer, text: 'The bakers' })
    bob.run(answerQuestion, { id: newId(), ...answer, text: 'I don’t know', dontKnow: true })
    sync(ada, bob)
    expect(ada.open()).toEqual([])
  })

  it('INTERVIEW-7 an answer changed after it was settled opens the question again', () => {
    const { ada, bob, answer } = three()
    const mine = newId()
    ada.run(answerQuestion, { id: mine, ...answer, text: 'Our own team' })
    bob.run(answerQuestion, { id: newId(), ...answer, text: 'Anyone' })
    sync(ada, bob)
    ada.run(settleContradiction, { ...ada.open()[0], kept: [mine] })
    bob.run(editAnswer, { id: newId(), messageId: mine, text: 'Nobody at all' })
    sync(ada, bob)
    expect(ada.open()).toHaveLength(1)
  })

  it('nothing is settled by nothing, nor by an answer of another question', () => {
    const { ada, bob, answer } = three()
    ada.run(answerQuestion, { id: newId(), ...answer, text: 'Our own team' })
    bob.run(answerQuestion, { id: newId(), ...answer, text: 'Anyone' })
    sync(ada, bob)
    const [question] = ada.open()
    expect(ada.run(settleContradiction, { ...question, kept: [] })).toMatchObject({ code: 'nothing-holds', field: 'settlement' })
    expect(ada.run(settleContradiction, { ...question, kept: [newId()] })).toMatchObject({ code: 'answer-not-found' })
    expect(ada.open()).toHaveLength(1)
  })

  it('one that the model names stands until it is settled, and is not named again', () => {
    const { ada } = three()
    const [one, two] = [newId(), newId()]
    ada.run(sayInInterview, { id: one, text: 'It works offline' })
    ada.run(sayInInterview, { id: two, text: 'It needs a server' })
    const ask = (answers: string[]) =>
      ada.run(askByModel, {
        messageId: newId(), question: 'Which rules?', options: ['a', 'b'], topic: 'rules', answered: [], model: 'm', turnId: newId(), promptTokens: 1, completionTokens: 1,
        contradictions: [{ name: 'Does it work offline?', answers }],
      }) // biome-ignore format: one call
    ask([one, two])
    expect(ada.open().map(({ name }) => name)).toEqual(['Does it work offline?'])
    ada.run(settleContradiction, { ...ada.open()[0], kept: [one, two] })
    ask([two, one])
    expect(ada.open()).toEqual([])
  })
})

describe('an answer that is changed (INTERVIEW-9, I10)', () => {
  it('keeps its place and its author, and what was said before stays readable', () => {
    const { ada, bob } = three()
    const [answer] = ada.chat().filter(({ role }) => role === 'user')
    bob.run(editAnswer, { id: newId(), messageId: answer?.id, text: 'Faster payment' })
    sync(ada, bob)
    expect(ada.chat().find(({ id }) => id === answer?.id)).toMatchObject({ content: 'Faster payment', author: 'ada', order: answer?.order })
    expect(ada.project().all(answerEdits)).toMatchObject([
      { messageId: answer?.id, before: 'Fewer mistakes', after: 'Faster payment', createdBy: 'bob' },
    ])
  })

  it('that was unknown is known then; a question, or an ended interview, is changed by nobody', () => {
    const { ada, answer } = three()
    const mine = newId()
    ada.run(answerQuestion, { id: mine, ...answer, text: 'I don’t know', dontKnow: true })
    ada.run(editAnswer, { id: newId(), messageId: mine, text: 'The bakers' })
    expect(ada.project().get(interviews, interviewId)).toMatchObject({ users: 'answered' })
    expect(ada.users()).toEqual(['ada: The bakers'])
    expect(ada.run(editAnswer, { id: newId(), messageId: answer.questionId, text: 'x' })).toMatchObject({ code: 'answer-not-found' })
    ada.run(setInterviewStatus, { status: 'completed' })
    expect(ada.run(editAnswer, { id: newId(), messageId: mine, text: 'x' })).toMatchObject({ code: 'interview-ended' })
  })
})
