import { expect, test } from 'vitest'
import { colorOf } from './presence.ts'

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
