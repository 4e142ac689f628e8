import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What lint must refuse, where, and the words by which it says what to do instead. */
const BREACHES: [file: string, text: string, says: string][] = [
  ['domain/core/a.ts', 'export const a = Date.now()', 'take `now` from the World'],
  ['domain/core/b.ts', 'export const b = Date.now', 'take `now` from the World'],
  ['domain/core/c.ts', 'export const c = Math.random()', 'take `random` from the World'],
  ['domain/core/d.ts', 'export const d = new Date()', "build dates from the World's `now`"],
  ['domain/core/e.ts', 'export const e = crypto.randomUUID()', 'take `newId` from the World'],
  ['domain/core/f.ts', 'export const f = globalThis', 'arrives as an argument'],
  ['domain/core/g.ts', 'export const g = process.env.HOME', 'read in config.ts and nowhere else'],
  ['sync-server/rooms/h.ts', 'export const h = process.env.HOME', 'read in config.ts and nowhere else'],
  ['runner/git/i.ts', 'const { HOME } = process.env\nexport const i = HOME', 'read in config.ts and nowhere else'],
  ['app/routes/j.ts', 'export const j = (x: any) => x', 'noExplicitAny'],
  ['sync-server/rooms/k.ts', 'export const k = () => console.log(1)', 'noConsole'],
  ['sync-server/rooms/NotKebab.ts', 'export const l = 1', 'useFilenamingConvention'],
  ['sync-server/rooms/m.ts', 'export default 1', 'noDefaultExport'],
  ['app/ui/n.ts', `export { Check } from 'lucide-react'`, 'Take one icon from'],
  ['app/ui/o.ts', `export { Button } from 'react-aria-components'`, 'Take a component from'],
]

const INNOCENT: [file: string, text: string][] = [
  ['domain/core/clock.ts', 'export const clock = (now: number): Date => new Date(now)'],
  ['domain/core/clock.test.ts', 'export const now = Date.now()'],
  ['sync-server/config.ts', 'export const config = process.env.HOME'],
  ['sync-server/rooms/clock.ts', 'export const now = (): number => Date.now()'],
  ['bin/start.mjs', 'console.log(process.env.HOME)'],
]

const root = resolve(import.meta.dirname, '../..')
let house: string
let reported: { severity: string; message: string; category: string; location: { path: string } }[]

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'slipway-lint-'))
  for (const path of ['biome.json', 'bin/lint', '.gitignore']) cpSync(join(root, path), join(house, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
  execFileSync('git', ['init', '-q'], { cwd: house })
  for (const [file, text] of [...BREACHES, ...INNOCENT]) {
    mkdirSync(dirname(join(house, file)), { recursive: true })
    writeFileSync(join(house, file), `${text}\n`)
  }
  const args = ['lint', '--reporter=json', '--max-diagnostics=none']
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/biome'), args, { cwd: house, encoding: 'utf8' })
  expect(status).toBe(1)
  reported = JSON.parse(stdout).diagnostics
})

afterAll(() => rmSync(house, { recursive: true, force: true }))

const saidOf = (file: string) => reported.filter(({ location }) => location.path === file)

test.each(BREACHES)('LINT %s is refused: %s', (file, _text, says) => {
  const refused = saidOf(file).filter(({ severity }) => severity === 'error')
  expect(refused.map(({ category, message }) => `${category} ${message}`).join('\n')).toContain(says)
})

test.each(INNOCENT)('LINT %s is let through', (file) => {
  expect(saidOf(file)).toEqual([])
})
