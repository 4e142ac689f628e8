import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The tokens of theme.css: name → [light, dark]. The first block is the normal look. */
const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')
const tokens = new Map<string, [string, string]>()
for (const [, name = '', light = '', dark = ''] of css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g))
  if (!tokens.has(name)) tokens.set(name, [light, dark])
for (const [, name = '', value = ''] of css.matchAll(/--(on-solid): (#\w+)/g)) tokens.set(name, [value, value])

const GROUNDS = ['sunken', 'canvas', 'surface', 'raised', 'hover']
/** Which words stand on which grounds. */
const PAIRS: (readonly [string, readonly string[]])[] = [
  ['ink', [...GROUNDS, 'pressed', 'accent-soft', 'danger-soft', 'warn-soft', 'ok-soft', 'added', 'added-edge', 'removed', 'removed-edge']],
  ['muted', [...GROUNDS, 'pressed']],
  ['faint', GROUNDS],
  ['accent', ['canvas', 'surface', 'raised', 'sunken', 'accent-soft']],
  ['danger', ['canvas', 'surface', 'raised', 'sunken', 'danger-soft']],
  ['warn', ['canvas', 'surface', 'raised', 'sunken', 'warn-soft']],
  ['ok', ['canvas', 'surface', 'raised', 'sunken', 'hover', 'ok-soft']],
  ['on-solid', ['accent-solid', 'accent-press', 'danger-solid', 'danger-press']],
  ['canvas', ['ink']],
]
/** A line of a diff, and what changed within it. */
const LINES = ['surface', 'added', 'removed']
const CODE = ['ink', 'code-comment', 'code-keyword', 'code-string', 'code-constant', 'code-name']
for (const words of CODE) PAIRS.push([words, [...LINES, 'added-word', 'removed-word']])

const channel = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

test.each(['light', 'dark'])('UI-1 in the %s theme every pair of words and ground has at least 4.5 : 1', (theme) => {
  const side = theme === 'light' ? 0 : 1
  const weak = PAIRS.flatMap(([words, grounds]) =>
    grounds.map((ground) => ({
      pair: `${words} on ${ground}`,
      ratio: contrast(tokens.get(words)?.[side] ?? '', tokens.get(ground)?.[side] ?? ''),
    })),
  ).filter(({ ratio }) => !(ratio >= 4.5))
  expect(weak).toEqual([])
})

test.each(['@media (prefers-contrast: more)', ":root[data-contrast='more']"])(
  'UI-1 with more contrast (%s) code has at least 7 : 1 on its line',
  (asked) => {
    const block = css.slice(css.indexOf(`${asked} {`)).split('}')[0] ?? ''
    const stronger = new Map(
      [...block.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(([, name = '', ...sides]) => [name, sides]),
    )
    const weak = CODE.flatMap((words) =>
      [0, 1].flatMap((side) =>
        LINES.map((ground) => ({
          pair: `${words} on ${ground}, ${side === 0 ? 'light' : 'dark'}`,
          ratio: contrast(stronger.get(words)?.[side] ?? '', tokens.get(ground)?.[side] ?? ''),
        })),
      ),
    ).filter(({ ratio }) => !(ratio >= 7))
    expect(weak).toEqual([])
  },
)

test('UI-2 no look is asked for at a width that the theme does not know: it would do nothing, and nobody would say so', () => {
  const known = [...css.matchAll(/--breakpoint-(\w+):/g)].map(([, name]) => name)
  const folder = fileURLToPath(new URL('..', import.meta.url))
  const asked = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|css)$/.test(name) && !name.includes('.test.'))
    .flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/(?<=[\s"'`:])(?:(?:min|max)-)?(xs|sm|md|lg|\d?xl):(?=\S)/g)].map(
        ([whole, at]) => ({ name, whole, at }),
      ),
    )
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.filter(({ at }) => !known.includes(at))).toEqual([])
})
