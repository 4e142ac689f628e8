import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import type { World } from '#domain/core/world.ts'
import { createPrompt, savePromptVersion } from './commands.ts'
import { leaves, renderWhole } from './rules.ts'
import { prompts } from './schema.ts'

const projectId = '0193a000-0000-7000-8000-000000000001'
let last = 0
const newId = (): string => `0193a000-0000-7000-8000-${String(++last + 100).padStart(12, '0')}`
const world = (): World => ({ now: ++last, actor: 'ada', newId, random: () => 0.5 })

function project() {
  const doc = new Y.Doc()
  const run = <I, T>(command: Command<I, T>, input: object) => runCommand(command, () => doc, world(), { projectId, ...input })
  return { doc, run, room: new RoomTx(doc, world()), name: projectRoom(projectId) }
}

describe('prompts', () => {
  it('saving makes a child and leaves the parent as it was', () => {
    const { run, room } = project()
    const [first, second] = [newId(), newId()]
    run(createPrompt, { id: first, title: 'Checkout', content: 'Build it.', type: 'context', isReusable: true })
    expect(run(savePromptVersion, { id: second, parentId: first, patch: { content: 'Build it well.' } })).toEqual({
      ok: true,
      value: second,
    })
    expect(room.get(prompts, first)).toMatchObject({ content: 'Build it.', version: 1 })
    expect(room.get(prompts, second)).toMatchObject({ content: 'Build it well.', version: 2, parentId: first, familyId: first })
  })

  it('a version keeps every field its patch does not name', () => {
    const { run, room } = project()
    const [first, second] = [newId(), newId()]
    run(createPrompt, {
      id: first,
      title: 'Checkout',
      content: 'Build it.',
      type: 'context',
      isReusable: true,
      variables: { stack: 'Remix' },
    })
    run(savePromptVersion, { id: second, parentId: first, patch: { title: 'Pay' } })
    expect(room.get(prompts, second)).toMatchObject({ title: 'Pay', type: 'context', isReusable: true, variables: { stack: 'Remix' } })
  })

  it('two people who save at once yield two children, and neither text is lost', () => {
    const ada = project()
    const bob = project()
    const parent = newId()
    ada.run(createPrompt, { id: parent, title: 'Checkout', content: 'Build it.' })
    Y.applyUpdate(bob.doc, Y.encodeStateAsUpdate(ada.doc))
    ada.run(savePromptVersion, { id: newId(), parentId: parent, patch: { content: "Ada's" } })
    bob.run(savePromptVersion, { id: newId(), parentId: parent, patch: { content: "Bob's" } })
    Y.applyUpdate(bob.doc, Y.encodeStateAsUpdate(ada.doc))
    expect(
      leaves(bob.room.all(prompts))
        .map((prompt) => prompt.content)
        .sort(),
    ).toEqual(["Ada's", "Bob's"])
  })

  it('PROMPT-1 a text is its components in order, then its own words, with variables filled in', () => {
    const { run, room } = project()
    const [style, build] = [newId(), newId()]
    run(createPrompt, { id: style, title: 'Style', content: 'Write {{language}}.' })
    run(createPrompt, { id: build, title: 'Build', content: 'Now build.', components: [style], variables: { language: 'TypeScript' } })
    const whole = room.get(prompts, build)
    expect(whole && renderWhole(whole, (id) => room.get(prompts, id))).toMatchObject({
      value: { text: 'Write TypeScript.\n\nNow build.', names: ['language'], missing: [] },
    })
  })

  it('PROMPT-1 a prompt that would contain itself is refused, naming the path', () => {
    const { run } = project()
    const [a, b] = [newId(), newId()]
    run(createPrompt, { id: a, title: 'A', content: 'a' })
    run(createPrompt, { id: b, title: 'B', content: 'b', components: [a] })
    const refused = run(savePromptVersion, { id: newId(), parentId: a, patch: { components: [b] } })
    expect(refused).toMatchObject({ ok: false, code: 'component-cycle', message: expect.stringContaining('A v2 → B v1 → A v1') })
  })

  it('PROMPT-1 a missing component is refused, and nothing is saved', () => {
    const { run, room } = project()
    const refused = run(createPrompt, { id: newId(), title: 'A', content: 'a', components: [newId()] })
    expect(refused).toMatchObject({ ok: false, code: 'component-missing', field: 'components' })
    expect(room.all(prompts)).toEqual([])
  })
})
