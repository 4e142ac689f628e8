import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { answerQuestion, startInterview } from '#domain/interviews/commands.ts'
import { editAnswer } from '#domain/interviews/edit-answer.ts'
import { openQuestion } from '#domain/interviews/rules.ts'
import { answerEdits, messages } from '#domain/interviews/schema.ts'
import { changedSources, confirmSources } from './changed-sources.ts'
import { createPrompt, savePromptVersion } from './commands.ts'
import { prompts } from './schema.ts'

const projectId = '0193a000-0000-7000-8000-000000000001'
const interviewId = '0193a000-0000-7000-8000-000000000002'
let last = 0
const newId = (): string => `0193a000-0000-7000-8000-${String(++last + 100).padStart(12, '0')}`

function device(actor: string) {
  const docs = new Map<string, Y.Doc>()
  const doc = (room: string): Y.Doc => docs.get(room) ?? (docs.set(room, new Y.Doc()).get(room) as Y.Doc)
  const world = () => ({ now: ++last, actor, newId, random: Math.random })
  const run = <I, T>(command: Command<I, T>, input: object) => runCommand(command, doc, world(), { projectId, interviewId, ...input })
  const project = () => new RoomTx(doc(`project/${projectId}`), world())
  const marked = (id: string) =>
    changedSources(project().get(prompts, id) ?? { sources: [], seen: [] }, project().all(answerEdits)).length > 0
  return { doc, docs, run, project, marked }
}

/** An interview with one answer, and a prompt made of it and one made of nothing. */
function made() {
  const ada = device('ada')
  const [answer, prompt, other] = [newId(), newId(), newId()]
  ada.run(startInterview, { title: 'Till' })
  const question = openQuestion(new RoomTx(ada.doc(`chat/${interviewId}`), { now: 1, actor: 'ada', newId, random: () => 0 }).all(messages))
  ada.run(answerQuestion, { id: answer, questionId: question?.id, text: 'Fewer mistakes' })
  ada.run(createPrompt, { id: prompt, title: 'Goal', content: 'Fewer mistakes.', sources: [answer] })
  ada.run(createPrompt, { id: other, title: 'Other', content: 'Nothing of it.' })
  const edit = (by: ReturnType<typeof device>, text: string) => by.run(editAnswer, { id: newId(), messageId: answer, text })
  return { ada, answer, prompt, other, edit }
}

describe('what was made of an answer that changed (PROMPT-6, I10)', () => {
  it('is marked, with its text as it was; what was made of others is not', () => {
    const { ada, prompt, other, edit } = made()
    const before = ada.project().get(prompts, prompt)
    expect(ada.marked(prompt)).toBe(false)
    edit(ada, 'Faster payment')
    expect([ada.marked(prompt), ada.marked(other)]).toEqual([true, false])
    expect(ada.project().get(prompts, prompt)).toEqual(before)
  })

  it('is no longer marked once somebody said it still holds, until the next change', () => {
    const { ada, prompt, edit } = made()
    edit(ada, 'Faster payment')
    ada.run(confirmSources, {
      promptId: prompt,
      seen: ada
        .project()
        .all(answerEdits)
        .map(({ id }) => id),
    })
    expect(ada.marked(prompt)).toBe(false)
    edit(ada, 'Both')
    expect(ada.marked(prompt)).toBe(true)
  })

  it('a version saved since is not, and one saved by somebody who did not know of the change is, whenever they meet', () => {
    const { ada, prompt, edit } = made()
    const bob = device('bob')
    for (const room of ada.docs.keys()) Y.applyUpdate(bob.doc(room), Y.encodeStateAsUpdate(ada.doc(room)))
    edit(ada, 'Faster payment')
    const [hers, his] = [newId(), newId()]
    ada.run(savePromptVersion, { id: hers, parentId: prompt, patch: { content: 'Faster payment.' } })
    bob.run(savePromptVersion, { id: his, parentId: prompt, patch: { content: 'No mistakes.' } })
    for (const room of bob.docs.keys()) Y.applyUpdate(ada.doc(room), Y.encodeStateAsUpdate(bob.doc(room)))
    expect([ada.marked(hers), ada.marked(his)]).toEqual([false, true])
  })

  it('a prompt made of the answer as it is now knows of its changes', () => {
    const { ada, answer, edit } = made()
    edit(ada, 'Faster payment')
    const id = newId()
    ada.run(createPrompt, { id, title: 'Goal', content: 'Faster payment.', sources: [answer] })
    expect(ada.marked(id)).toBe(false)
  })
})
