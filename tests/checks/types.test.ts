import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const WAIT = 'Nobody waits for this promise'

/** One breach a line: what the compiler or the two checks of our own must say about it. */
const BREACHES: [line: string, says: string][] = [
  [`export const a: string = 1`, `Type 'number' is not assignable to type 'string'.`],
  [`export const b = (x: number[]): number => x[0]`, `Type 'undefined' is not assignable to type 'number'.`],
  [`export const c: { a?: string } = { a: undefined }`, 'exactOptionalPropertyTypes'],
  [`export { nothing } from './nowhere.ts'`, 'Cannot find module'],
  [`export const d = document`, `Cannot find name 'document'`],
  [`later()`, WAIT],
  [`thenable()`, WAIT],
  [`maybe?.later()`, WAIT],
  [`later().then(() => 1)`, WAIT],
  [`later().finally(() => 1)`, WAIT],
  [`later().catch()`, WAIT],
  [`on && later()`, WAIT],
  [`on ? later() : undefined`, WAIT],
  [`on ? later().catch(() => 1) : later()`, WAIT],
  [`switch (word) { case 'a': break }`, 'This switch forgets b, c.'],
  [`switch (kind.is) { case 1: break }`, 'This switch forgets 2.'],
]

const INNOCENT = [
  `await later()`,
  `void later()`,
  `later().catch(() => 1)`,
  `later().then(() => 1, () => 2)`,
  `later().catch(() => 1).finally(() => 1)`,
  `export const kept = later()`,
  `on && nothingToWaitFor()`,
  `anything()`,
  `switch (word) { case 'a': case 'b': case 'c': break }`,
  `switch (word) { case 'a': break; default: break }`,
  `switch (on) { case true: break }`,
]

const DECLARED = `declare function later(): Promise<number>
declare function thenable(): { then(done: (x: number) => void): void }
declare function nothingToWaitFor(): { then: number }
declare const maybe: { later(): Promise<number> } | undefined
declare const on: boolean
declare const anything: any
declare const word: 'a' | 'b' | 'c'
declare const kind: { is: 1 } | { is: 2 }
`

const root = resolve(import.meta.dirname, '../..')
let house: string
let reported: string[]

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'slipway-types-'))
  const compilerOptions = { lib: ['ES2023'], types: [] }
  writeFileSync(join(house, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['.'] }))
  writeFileSync(join(house, 'breaches.ts'), `${DECLARED}${BREACHES.map(([line]) => line).join('\n')}\n`)
  writeFileSync(join(house, 'innocent.ts'), `${DECLARED}${INNOCENT.join('\n')}\n`)
  const { stdout } = spawnSync(process.execPath, [join(root, 'bin/check-types.mjs'), 'tsconfig.json'], { cwd: house, encoding: 'utf8' })
  reported = stdout.split(/\n(?! )/)
})

afterAll(() => rmSync(house, { recursive: true, force: true }))

const above = DECLARED.split('\n').length

test.each(BREACHES.map(([line, says], at) => [line, says, at + above] as const))('TYPES %s: %s', (_line, says, number) => {
  expect(reported.filter((one) => one.startsWith(`breaches.ts:${number}:`)).join('\n')).toContain(says)
})

test('TYPES nothing is reported about lines that keep the rules', () => {
  expect(reported.filter((one) => one.startsWith('innocent.ts'))).toEqual([])
  expect(reported.filter((one) => one.startsWith('breaches.ts'))).toHaveLength(BREACHES.length)
})
