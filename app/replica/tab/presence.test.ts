import { expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { callByName, colorOf, greet, peopleIn } from './presence.ts'

/** The contrast of white with `hsl(…)`, as WCAG counts it. */
function withWhite(color: string): number {
  const [hue = 0, saturation = 0, lightness = 0] = (color.match(/[\d.]+/g) ?? []).map(Number)
  const [s, l] = [saturation / 100, lightness / 100]
  const channels = [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12
    const value = l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const [red = 0, green = 0, blue = 0] = channels
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

test('UI-1 a name beside a caret can be read whatever its person’s colour', () => {
  const colors = new Set(Array.from({ length: 200 }, (_, at) => colorOf(`person ${at}`).color))
  expect(colors.size).toBe(12)
  expect([...colors].filter((color) => !(withWhite(color) >= 4.5))).toEqual([])
})

test('UI-1 somebody is called as their row says, whatever their page still says of them, and a caret with another name is another', () => {
  const [here, there] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
  const hear = (): void => applyAwarenessUpdate(here, encodeAwarenessUpdate(there, [there.clientID]), 'test')
  const colorHere = (): unknown => here.getStates().get(there.clientID)?.user?.color
  let names = [{ id: 'bob', username: 'Robert' }]
  here.on('change', () => callByName(here, names))
  greet(here, { id: 'ada', username: 'Ada', role: 'owner' })
  greet(there, { id: 'bob', username: 'Robert', role: 'member' })
  hear()
  const before = colorHere()
  names = [{ id: 'bob', username: 'Bob' }]
  expect(callByName(here, names), 'whose caret is to be drawn again').toEqual([there.clientID])
  expect(peopleIn(here).map(({ name, color }) => [name, color])).toEqual([['Bob', colorOf('bob').color]])
  expect(colorHere()).not.toBe(before)
  there.setLocalStateField('at', 'task/1')
  hear()
  expect(
    peopleIn(here).map(({ name, at }) => [name, at]),
    'their page has not heard of it',
  ).toEqual([['Bob', 'task/1']])
  for (const awareness of [here, there]) awareness.destroy()
})
