import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { tags } from './schema.ts'
import { countUses, firstWords, removeTag, saveTag, tagText } from './tags.ts'

const id = (n: number): string => `0193a000-0000-7000-8000-${String(n).padStart(12, '0')}`
const world = { now: 1, actor: 'ada', newId: () => id(99), random: () => 0.5 }

function team() {
  const doc = new Y.Doc()
  const run = <I, T>(command: Command<I, T>, input: object) => runCommand(command, () => doc, world, input)
  return { run, tag: (n: number) => new RoomTx(doc, world).get(tags, id(n)) }
}

describe('tags (R8)', () => {
  it('TEAM-1 a change of the text is the next version, a new name is not', () => {
    const { run, tag } = team()
    run(saveTag, { id: id(1), tagName: 'house', content: 'Be kind.' })
    run(saveTag, { id: id(1), tagName: 'house-rules', content: 'Be kind.' })
    expect(tag(1)).toMatchObject({ tagName: 'house-rules', version: 1 })
    run(saveTag, { id: id(1), tagName: 'house-rules', content: 'Be kind and brief.' })
    expect(tag(1)).toMatchObject({ content: 'Be kind and brief.', version: 2 })
    run(removeTag, { id: id(1) })
    expect(tag(1)).toBeUndefined()
  })

  it('TEAM-1 no two tags go by one name, and a name can be typed after @', () => {
    const { run, tag } = team()
    run(saveTag, { id: id(1), tagName: 'Straße', content: 'x' })
    expect(run(saveTag, { id: id(2), tagName: 'straße', content: 'y' })).toMatchObject({
      message: 'There is a tag @Straße already.',
      field: 'tagName',
    })
    expect(run(saveTag, { id: id(2), tagName: 'two words', content: 'y' })).toMatchObject({ code: 'invalid-input', field: 'tagName' })
    expect(tag(2)).toBeUndefined()
  })

  it('TEAM-2 the first words of a text are not the mark of a tag', () => {
    const mark = tagText({ tagName: 'house', version: 2, content: 'Be kind.' })
    expect([mark, `\n${mark}Bye.`, 'Look at\nthis.', ''].map(firstWords)).toEqual(['Be kind.', 'Be kind.', 'Look at', ''])
  })

  it('TEAM-2 what is inserted says which version of which tag it is, and is counted by that', () => {
    const text = `Hello\n${tagText({ tagName: 'house', version: 3, content: 'Be kind.\n' })}`
    expect(text).toBe('Hello\n<!-- @house v3 -->\nBe kind.\n')
    expect(countUses('house', [text, text, 'house @house'])).toBe(2)
    expect(countUses('hous', [text])).toBe(0)
  })
})
