import { describe, expect, it } from 'vitest'
import type { TaskStatus } from '#domain/tasks/schema.ts'
import { sayReleased } from './released.ts'

const card = (id: string, dependsOn: string[] = [], status: TaskStatus = 'todo') => ({
  id,
  shortId: id.toUpperCase(),
  title: id,
  status,
  dependsOn,
})
const say = (done: string[], ...cards: ReturnType<typeof card>[]) =>
  sayReleased(new Set(done), cards, (id) => cards.find((one) => one.id === id))

describe('BOARD-31 what becomes of the cards that waited', () => {
  it('is nothing where none did, or all of them are over themselves', () => {
    expect(say(['a'], card('a'), card('b'), card('c', ['b']))).toBe('')
    expect(say(['a', 'b'], card('a'), card('b', ['a']), card('c', ['a'], 'done'), card('d', ['a'], 'cancelled'))).toBe('')
  })

  it('names those that can begin, and those that still wait, for what', () => {
    expect(say(['a'], card('a'), card('b', ['a', 'gone']))).toBe('B can begin now.')
    const [other, over] = [card('x', [], 'review'), card('y', [], 'done')]
    expect(say(['a'], card('a'), other, over, card('b', ['a', 'y']), card('c', ['a', 'y', 'x']))).toBe(
      'B can begin now. C still waits for X.',
    )
    expect(say(['a', 'b'], card('a'), card('b'), card('c', ['a', 'b']), card('d', ['b']))).toBe('C and D can begin now.')
  })

  it('names three and counts the rest', () => {
    const many = ['b', 'c', 'd', 'e', 'f'].map((id) => card(id, ['a']))
    expect(say(['a'], card('a'), ...many)).toBe('B, C, D and 2 more can begin now.')
  })
})
