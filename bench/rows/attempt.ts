import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright'
import { FAKE_KEY, type FakeOpenAi, fakeOpenAi } from '#tests/fakes/openai-server.ts'
import { person, signIn } from '../browser/browser.ts'
import { needBuiltApp } from '../browser/built-app.ts'
import { COLUMNS, makeProject } from '../browser/project.ts'
import { median } from '../report/statistics.ts'
import { middle, milliseconds, number } from '../report/words.ts'
import { startRunner } from '../servers/runner.ts'
import { PORTS, type Up } from '../servers/server.ts'
import { addressOf } from '../servers/slipway.ts'
import { inBrowser } from './in-browser.ts'
import type { Bench, Line, Row } from './row.ts'

const FILES_A_FOLDER = 100
const [BACKLOG = ''] = COLUMNS

/** From the click on Start to the agent's first request to its model. */
export const attemptRow: Row = {
  name: 'attempt',
  what: 'click → the agent’s first request',
  async run(bench) {
    // Said before ten thousand files are made for nothing.
    needBuiltApp()
    const repository = await largeRepository(bench)
    const model = await fakeOpenAi({ port: PORTS.model })
    try {
      return await inBrowser(bench, (browser, up) => measure(bench, browser, up, model, repository))
    } finally {
      await model.close()
    }
  },
}

async function measure({ settings, folder }: Bench, browser: Browser, up: Up, model: FakeOpenAi, repository: string): Promise<Line[]> {
  const runner = await startRunner(folder)
  try {
    const project = await makeProject(up.target, 50)
    const call = caller(up)
    await call('repos.link', { projectId: project.id, path: repository })
    await call('models.save', MODEL(model.url))
    const page = await signIn(await person(browser), addressOf(up.target), up.target.token ?? '')
    const times: number[] = []
    for (let repeat = 0; repeat <= settings.attempt.repeats; repeat++) {
      const took = await attempt(page, `${addressOf(up.target)}/projects/${project.id}`, model)
      if (repeat > 0) times.push(took)
    }
    return [
      {
        what: `start of an attempt on ${number(settings.attempt.files)} files: click → the agent’s first request`,
        budget: '≤ 500 ms',
        cells: { slipway: middle(times, milliseconds) },
        ratio: '–',
        ok: median(times) <= 500,
        notes: ['Browser, server and runner on this machine; the model is a fake one that notes when it is asked. Worktree included.'],
      },
    ]
  } finally {
    await runner.stop()
  }
}

const MODEL = (baseUrl: string) => ({
  name: 'bench',
  displayName: 'Bench',
  providerType: 'openai_compatible',
  baseUrl,
  modelName: 'fake-small',
  apiKey: FAKE_KEY,
  usageType: 'task_execution',
  isActive: true,
})

/** Calls a procedure of the server as its admin. */
function caller({ target }: Up) {
  return async (procedure: string, input: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${target.token}` }
    const response = await fetch(`${addressOf(target)}/trpc/${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) })
    if (!response.ok) throw new Error(`${procedure}: ${(await response.text()).slice(0, 300)}`)
  }
}

async function attempt(page: Page, address: string, model: FakeOpenAi): Promise<number> {
  await page.goto(address)
  await page.evaluate((columns) => window.stopwatch.boardReady(columns), COLUMNS)
  // Who was started has left the column.
  const [task] = await page.evaluate((column) => window.stopwatch.ids(column), BACKLOG)
  await page.goto(`${address}/tasks/${task}`)
  await page
    .getByRole('button', { name: /^Start/ })
    .first()
    .click()
  const before = model.journal.length
  await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click()
  const clicked = await page.evaluate(() => window.stopwatch.clicks.at(-1) ?? Number.NaN)
  const end = Date.now() + 60_000
  while (model.journal.length === before) {
    if (Date.now() > end) throw new Error('the agent asked nothing within a minute')
    await wait(20)
  }
  const asked = model.journal[before]?.at ?? Number.NaN
  await quiet(model)
  return asked - clicked
}

/** Waits until the agent has stopped asking: the next attempt starts with nothing else under way. */
async function quiet(model: FakeOpenAi): Promise<void> {
  for (let before = -1; before !== model.journal.length; ) {
    before = model.journal.length
    await wait(3_000)
  }
}

/** A repository with many files in one commit. */
async function largeRepository({ folder, settings, say }: Bench): Promise<string> {
  const { files } = settings.attempt
  say(`attempt: making a repository of ${number(files)} files`)
  const repository = path.join(folder, 'repository')
  for (let at = 0; at < files; at++) {
    const inside = path.join(repository, `part-${Math.floor(at / FILES_A_FOLDER)}`)
    if (at % FILES_A_FOLDER === 0) await mkdir(inside, { recursive: true })
    await writeFile(path.join(inside, `file-${at}.ts`), `export const answer${at} = ${at}\n`.repeat(20))
  }
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@localhost', ...args], { cwd: repository })
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'chore: many files')
  return repository
}
