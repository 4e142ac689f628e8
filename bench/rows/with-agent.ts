import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright'
import { FAKE_KEY, type FakeOpenAi, fakeOpenAi } from '#tests/fakes/openai-server.ts'
import { person, signIn } from '../browser/browser.ts'
import { needBuiltApp } from '../browser/built-app.ts'
import { COLUMNS, makeProject } from '../browser/project.ts'
import { startRunner } from '../servers/runner.ts'
import { PORTS, type Up } from '../servers/server.ts'
import { addressOf } from '../servers/slipway.ts'
import { inBrowser } from './in-browser.ts'
import type { Bench, Line } from './row.ts'

const CARDS = 50
const [BACKLOG = ''] = COLUMNS

/** A browser before a project whose cards a model may be started on. */
export type AtWork = {
  page: Page
  /** Of the project's board. */
  address: string
  model: FakeOpenAi
}

/** Measures a Slipway with a runner, a (fake) model and a repository, which is made first; all of it is ended whatever happens. */
export async function withAgent(
  bench: Bench,
  makeRepository: (bench: Bench) => Promise<string>,
  measure: (atWork: AtWork) => Promise<Line[]>,
): Promise<Line[]> {
  // Said before files are made for nothing.
  needBuiltApp()
  const repository = await makeRepository(bench)
  const model = await fakeOpenAi({ port: PORTS.model })
  try {
    return await inBrowser(bench, async (browser, up) => {
      const runner = await startRunner(bench.folder)
      try {
        const { id } = await makeProject(up.target, CARDS)
        const call = caller(up)
        await call('repos.link', { projectId: id, path: repository })
        await call('models.save', modelAt(model.url))
        const page = await signIn(await person(browser), addressOf(up.target), up.target.token ?? '')
        return await measure({ page, address: `${addressOf(up.target)}/projects/${id}`, model })
      } finally {
        await runner.stop()
      }
    })
  } finally {
    await model.close()
  }
}

/** Opens the first card of the backlog and starts the agent on it, as a person does. Who was started has left that column. */
export async function startOnCard({ page, address }: AtWork): Promise<void> {
  await page.goto(address)
  await page.evaluate((columns) => window.stopwatch.boardReady(columns), COLUMNS)
  const [task] = await page.evaluate((column) => window.stopwatch.ids(column), BACKLOG)
  await page.goto(`${address}/tasks/${task}`)
  await page
    .getByRole('button', { name: /^Start/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click()
}

const modelAt = (baseUrl: string) => ({
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

/** Makes a repository of what lies in a folder, in one commit. */
export async function commitAll(folder: string): Promise<void> {
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@localhost', ...args], { cwd: folder })
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'chore: many files')
}
