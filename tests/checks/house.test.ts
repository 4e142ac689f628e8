import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** One breach a rule: the file that commits it, what it says, and the rule that must report it. */
const BREACHES: [rule: string, file: string, text: string][] = [
  ['story-only-looks-back-core', 'domain/core/breach.ts', `import { tasks } from '#domain/tasks/schema.ts'\nexport const x = tasks`],
  [
    'story-only-looks-back-prompts',
    'domain/prompts/breach.ts',
    `import type { tasks } from '#domain/tasks/schema.ts'\nexport type X = typeof tasks`,
  ],
  ['story-only-looks-back-changes', 'domain/changes/breach.ts', `import { p } from '#domain/projection/p.ts'\nexport const x = p`],
  ['buildings-meet-in-domain-app', 'app/routes/breach.tsx', `import { main } from '#server/journal/append.ts'\nexport const x = main`],
  [
    'buildings-meet-in-domain-runner',
    'runner/git/breach.ts',
    `import type { main } from '#server/journal/append.ts'\nexport type X = typeof main`,
  ],
  ['buildings-meet-in-domain-sync-server', 'sync-server/rooms/breach.ts', `import { git } from '#runner/git/git.ts'\nexport const x = git`],
  ['router-by-type-only', 'app/replica/breach.ts', `import { router } from '#server/api/router.ts'\nexport const x = router`],
  ['concepts-have-a-place', 'domain/oddities/breach.ts', `import { x } from '#domain/core/x.ts'\nexport const y = x`],
  ['domain-is-below', 'domain/core/breach2.ts', `import { git } from '#runner/git/git.ts'\nexport const x = git`],
  ['domain-is-pure', 'domain/core/breach3.ts', `import ws from 'ws'\nexport const x = ws`],
  ['domain-is-pure-of-node', 'domain/core/breach4.ts', `import { readFileSync } from 'node:fs'\nexport const x = readFileSync`],
  ['browser-has-no-node', 'app/ui/breach.tsx', `import { readFileSync } from 'node:fs'\nexport const x = readFileSync`],
  ['launch-knows-the-disk-only', 'bin/launch/breach.ts', `import { git } from '#runner/git/git.ts'\nexport const x = git`],
  ['launch-is-for-node', 'app/ui/breach3.tsx', `import { ROOT } from '#launch/root.mjs'\nexport const x = ROOT`],
  ['rooms-take-settings-as-values', 'sync-server/rooms/breach2.ts', `import { config } from '../config.ts'\nexport const x = config`],
  ['rooms-take-settings-as-values', 'runner/git/breach2.ts', `import { config } from '#runner/config.ts'\nexport const x = config`],
  ['pages-reach-data-through-the-replica', 'app/routes/breach2.tsx', `import { log } from '#app/replica/log.ts'\nexport const x = log`],
  ['design-system-knows-no-page', 'app/ui/breach2.tsx', `import { page } from '#app/routes/page.tsx'\nexport const x = page`],
  ['tests-stay-out-of-production', 'domain/core/breach5.ts', `import { t } from './x.test.ts'\nexport const x = t`],
  ['production-needs-no-dev-dependency', 'runner/git/breach3.ts', `import fc from 'fast-check'\nexport const x = fc`],
  ['no-cycles', 'runner/git/loop-a.ts', `import { b } from './loop-b.ts'\nexport const a = () => b`],
  ['imports-resolve', 'runner/git/breach4.ts', `import { b } from './nowhere.ts'\nexport const a = b`],
  ['names-say-what-a-thing-does', 'runner/git/breach5.ts', `import { b } from './utils.ts'\nexport const a = b`],
]

/** A house in which nothing is wrong, for the breaches to stand in. */
const INNOCENT: Record<string, string> = {
  'domain/core/x.ts': `export const x = 1`,
  'domain/core/x.test.ts': `export const t = 1`,
  'domain/tasks/schema.ts': `import { x } from '#domain/core/x.ts'\nexport const tasks = x`,
  'domain/projection/p.ts': `import { tasks } from '#domain/tasks/schema.ts'\nexport const p = tasks`,
  'bin/launch/root.mjs': `export const ROOT = '/'`,
  'sync-server/config.ts': `export const config = 1`,
  'sync-server/main.ts': `import { config } from './config.ts'\nimport { main } from './journal/append.ts'\nexport const x = [config, main]`,
  'sync-server/journal/append.ts': `import { tasks } from '#domain/tasks/schema.ts'\nexport const main = tasks`,
  'sync-server/api/router.ts': `export const router = 1\nexport type AppRouter = typeof router`,
  'runner/config.ts': `export const config = 1`,
  'runner/git/git.ts': `import type { AppRouter } from '#server/api/router.ts'\nexport const git = 1 as AppRouter`,
  'runner/git/loop-b.ts': `import { a } from './loop-a.ts'\nexport const b = () => a`,
  'runner/git/utils.ts': `export const b = 1`,
  'app/replica/log.ts': `export const log = 1`,
  'app/replica/react.tsx': `import { log } from './log.ts'\nimport type { AppRouter } from '#server/api/router.ts'\nexport const useQuery = log as AppRouter`,
  'app/routes/page.tsx': `import { useQuery } from '#app/replica/react.tsx'\nexport const page = useQuery`,
}

const root = resolve(import.meta.dirname, '../..')
let house: string
let reported: { from: string; rule: { name: string } }[]

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'slipway-house-'))
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) await cp(join(root, file), join(house, file))
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'))
  for (const [file, text] of [...Object.entries(INNOCENT), ...BREACHES.map(([, file, text]) => [file, text] as const)]) {
    await mkdir(dirname(join(house, file)), { recursive: true })
    await writeFile(join(house, file), `${text}\n`)
  }
  const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [cruise, 'app', 'sync-server', 'runner', 'domain', 'bin', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: house, maxBuffer: 1 << 26 }).catch((failed) => failed)
  reported = JSON.parse(stdout).summary.violations
}, 60_000)

afterAll(() => rm(house, { recursive: true, force: true }))

test.each(BREACHES)('HOUSE %s reports %s', (rule, file) => {
  expect(reported.filter((breach) => breach.from === file).map((breach) => breach.rule.name)).toContain(rule)
})

test('HOUSE nothing is reported about a tree that keeps the rules', () => {
  const guilty = new Set([...BREACHES.map(([, file]) => file), 'runner/git/loop-b.ts'])
  expect(reported.filter((breach) => !guilty.has(breach.from))).toEqual([])
})
