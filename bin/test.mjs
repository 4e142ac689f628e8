// npm test: installs what it needs (a browser included), then every check and every test, to the end. The last line says
// how many passed and how many failed; the exit code is 1 when any did. On stderr and above: progress, with each step's time.
//
//   npm test                      everything
//   npm test -- --only unit,lint  some steps
//   npm run test:long             the long figures (10 × the schedules, 10 × the kills)
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needChromium } from './launch/chromium.mjs'
import { failuresOfPlaywright, failuresOfVitest, inShort } from './launch/failures.mjs'
import { install } from './launch/install.mjs'
import { ROOT } from './launch/root.mjs'
import { inWords } from './launch/say.mjs'

const ROOMS = ['app', 'sync-server', 'runner', 'domain', 'tests', 'bin']
const node = process.execPath
const modules = join(ROOT, 'node_modules')
const reports = mkdtempSync(join(tmpdir(), 'slipway-reports-'))
const only = readList('--only')
const env = testEnvironment()
const totals = { passed: 0, failed: 0 }
const times = []
const failures = []
process.chdir(ROOT)

const fromDebian = isWanted('browser') ? exitCode(node, ['bin/launch/from-debian.mjs']) : undefined
await step('install', async () => void install(ROOT))
// Most checks keep one processor busy each: the long build alone, the short ones beside it.
await Promise.all([
  (async () => {
    await step('types', () => run(node, ['bin/check-types.mjs']))
    await step('lint', () => run(node, [join(modules, '@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '--max-diagnostics=50']))
    await step('unused', () => run(node, [join(modules, 'knip/bin/knip.js'), '--no-progress']))
    await step('house', () =>
      run(node, [join(modules, 'dependency-cruiser/bin/dependency-cruise.mjs'), ...ROOMS, '--config', '.dependency-cruiser.cjs']),
    )
  })(),
  step('build', () => run(node, ['bin/build.mjs'])),
])
// Before the first test that needs a browser or a sandbox.
await step('browser', async () => {
  await fromDebian
  env.CHROMIUM = needChromium(ROOT)
})
// Together: simulations keep a processor busy, unit tests and faults often wait.
const kinds = ['unit', 'simulations', 'faults'].filter((name) => !only || only.includes(name))
if (kinds.length > 0) await tests(kinds.join(' + '), () => vitest(kinds))
await tests('stories', () => playwright())

rmSync(reports, { recursive: true, force: true })
console.log(`\n${times.map(({ name, ms, ok }) => `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(18)} ${inWords(ms)}`).join('\n')}`)
if (failures.length > 0) console.log(`\n${inShort(failures)}\n`)
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed > 0 ? 1 : 0

/** One check: it passes or it fails, and counts as one. */
async function step(name, work) {
  const ok = await timed(name, async () => {
    try {
      await work()
      return true
    } catch (thrown) {
      const words = thrown instanceof Error ? thrown.message : String(thrown)
      console.log(words)
      failures.push({ name, words })
      return false
    }
  })
  if (ok !== undefined) totals[ok ? 'passed' : 'failed']++
}

/** A run of many tests: each counts. A run that broke off counts as one failure more. */
async function tests(name, work) {
  await timed(name, async () => {
    const { passed, failed, brokeOff, said } = await work()
    totals.passed += passed
    totals.failed += failed + (brokeOff ? 1 : 0)
    failures.push(...said)
    if (brokeOff) failures.push({ name, words: 'The run broke off; what it said stands above.' })
    return failed === 0 && !brokeOff
  })
}

/** Whether a step, or one of the kinds it runs together, was asked for. */
function isWanted(name) {
  return !only || name === 'install' || name.split(' + ').some((one) => only.includes(one))
}

async function timed(name, work) {
  if (!isWanted(name)) return undefined
  console.log(`\n── ${name}`)
  const began = Date.now()
  const ok = await work()
  times.push({ name, ms: Date.now() - began, ok })
  console.log(`── ${name}: ${ok ? 'passed' : 'FAILED'} in ${inWords(Date.now() - began)}`)
  return ok
}

async function vitest(projects) {
  const file = join(reports, `${projects.join('-')}.json`)
  const args = [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  const code = await exitCode(node, [join(modules, 'vitest/vitest.mjs'), ...args])
  const report = readReport(file)
  const failed = report?.numFailedTests ?? 0
  const brokeOff = !report || (code !== 0 && failed === 0)
  return { passed: report?.numPassedTests ?? 0, failed, brokeOff, said: failuresOfVitest(report) }
}

async function playwright() {
  const file = join(reports, 'stories.json')
  env.PLAYWRIGHT_JSON_OUTPUT_NAME = file
  const code = await exitCode(node, [join(modules, '@playwright/test/cli.js'), 'test', '--reporter=list,json'])
  const report = readReport(file)
  const stats = report?.stats
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  const brokeOff = !stats || (code !== 0 && failed === 0)
  return { passed: stats?.expected ?? 0, failed, brokeOff, said: failuresOfPlaywright(report) }
}

/** Runs a check; what it says is shown when it is done, for another one may be running beside it. */
async function run(command, args) {
  const said = []
  const code = await exitCode(command, args, said)
  const words = Buffer.concat(said).toString()
  if (code !== 0) throw new Error(`${words}It ended with exit code ${code}.`)
  process.stdout.write(words)
}

/** Runs a program. Its output is shown as it comes, or kept in `said`. */
function exitCode(command, args, said) {
  return new Promise((resolve) => {
    const out = said ? 'pipe' : 'inherit'
    const child = spawn(command, args, { env, stdio: ['ignore', out, out] })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => said.push(bytes))
    child.once('error', (error) => {
      console.log(error.message)
      resolve(1)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** What is set for the person's own Slipway must not reach the ones under test. */
function testEnvironment() {
  const mine = /^(SLIPWAY_|OPENAI_|PORT$|HOST$|DATABASE_URL$|LOG_LEVEL$|NODE_ENV$|npm_)/
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !mine.test(name)))
  return { ...kept, ...(process.argv.includes('--long') ? { LONG_TESTS: '1' } : {}) }
}

function readList(option) {
  const at = process.argv.indexOf(option)
  return at < 0 ? undefined : (process.argv[at + 1] ?? '').split(',')
}
