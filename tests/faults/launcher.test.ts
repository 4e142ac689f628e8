import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from '../harness/free-port.ts'
import { listProcesses, processesOf } from '../harness/processes.ts'
import { waitUntil } from '../harness/wait-until.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const SLOW = 120_000
let data: string
let port: number

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'slipway-launch-'))
  port = await freePort()
})
afterEach(() => {
  for (const { pid } of processesOf(data)) process.kill(pid, 'SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

type Start = { child: ChildProcess; stdout: () => string; stderr: () => string; exit: Promise<number | null> }

function start(command: string, args: string[], env: Record<string, string> = {}): Start {
  const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, PORT: String(port), SLIPWAY_DATA: data, ...env } })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) child[stream].on('data', (text) => (said[stream] += String(text)))
  const exit = new Promise<number | null>((answer) => child.once('exit', answer))
  return { child, exit, stdout: () => said.stdout, stderr: () => said.stderr }
}

const launch = (env: Record<string, string> = {}): Start => start(process.execPath, ['bin/start.mjs'], env)
const isUp = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
const running = (entry: string) =>
  listProcesses().find(({ pid, command }) => command.endsWith(entry) && processesOf(data).some((one) => one.pid === pid))
const nobodyLeft = () => waitUntil('everything to be gone', () => processesOf(data).length === 0, 20_000)

test('START-1 one URL on stdout and nothing else; a second start says who holds the data; Ctrl-C leaves nothing running', async () => {
  const first = launch()
  await waitUntil('the URL', () => first.stdout().includes('\n'), SLOW)
  expect(first.stdout()).toMatch(new RegExp(`^http://localhost:${port}/\\?token=\\S+\\n$`))
  await waitUntil('the runner', () => running('runner.js'), SLOW)

  const second = launch({ PORT: String(await freePort()) })
  expect(await second.exit).toBe(1)
  expect(second.stdout()).toBe('')
  expect(second.stderr()).toContain(`already in use by the Slipway server with process id ${running('server.js')?.pid}`)
  expect(await isUp()).toBe(true)

  first.child.kill('SIGINT')
  expect(await first.exit).toBe(0)
  await nobodyLeft()
})

test('START-2 a server or a runner killed with -9 is started again; a launcher killed with -9 leaves nothing running, and the next start works', async () => {
  const first = launch()
  await waitUntil('the URL', () => first.stdout().includes('\n'), SLOW)
  for (const entry of ['runner.js', 'server.js']) {
    const killed = await waitUntil(entry, () => running(entry), SLOW)
    process.kill(killed.pid, 'SIGKILL')
    await waitUntil(`another ${entry}`, () => (running(entry)?.pid ?? killed.pid) !== killed.pid, SLOW)
  }
  await waitUntil('the server to answer again', isUp, SLOW)
  expect(first.stdout().trim().split('\n'), 'still one line').toHaveLength(1)
  first.child.kill('SIGKILL')
  await first.exit
  await nobodyLeft()

  const next = start('npm', ['start'])
  await waitUntil('the URL', () => next.stdout().includes('\n'), SLOW)
  expect(next.stdout()).toMatch(/^http:\/\/localhost:\d+\/\?token=\S+\n$/)
  next.child.kill('SIGTERM')
  await next.exit
  await nobodyLeft()
})

test('START-3 a bad setting or a port in use is answered with one sentence and exit code 1', async () => {
  const bad = launch({ PORT: 'abc' })
  expect(await bad.exit).toBe(1)
  expect(bad.stderr()).toContain('PORT must be a number.')
  const holder = await import('node:http').then(({ createServer }) => createServer().listen(port, '127.0.0.1'))
  const refused = launch()
  expect(await refused.exit).toBe(1)
  expect(refused.stderr()).toContain(`Port ${port} is already in use.`)
  holder.close()
  await nobodyLeft()
})
