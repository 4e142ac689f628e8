import type { Browser, Page } from 'playwright'
import { person, withBrowser } from '../browser/browser.ts'
import { needBuiltApp } from '../browser/built-app.ts'
import { type BenchProject, makeProject } from '../browser/project.ts'
import { median } from '../report/statistics.ts'
import { middle, milliseconds } from '../report/words.ts'
import type { Up } from '../servers/server.ts'
import { addressOf, slipway } from '../servers/slipway.ts'
import { withServers } from './in-turn.ts'
import type { Bench, Line, Row } from './row.ts'

/** What somebody sees who opens the app for the first time, and what somebody sees whose server is gone. */
export const firstLoadRow: Row = {
  name: 'first-load',
  what: 'first load with a cold cache; load with the server off',
  run: (bench) => {
    needBuiltApp()
    return withBrowser((browser) => loads(bench, browser))
  },
}

async function loads({ settings, folder }: Bench, browser: Browser): Promise<Line[]> {
  const shell: number[] = []
  const data: number[] = []
  const off: number[] = []
  for (let repeat = 0; repeat < settings.browser.loads; repeat++) {
    const page = await withServers([slipway], `${folder}/${repeat}`, async ([up]) => {
      const first = await firstLoad(browser, up as Up)
      shell.push(first.shell)
      data.push(first.data)
      return first
    })
    off.push(await withoutServer(page.page, page.project))
    await page.page.context().close()
  }
  return [
    {
      what: 'first load, cold: shell readable, then projects out of the database',
      budget: 'shell before the database',
      cells: { slipway: `${middle(shell, milliseconds)}, then ${middle(data, milliseconds)}` },
      ratio: '–',
      ok: shell.every((at, repeat) => at < (data[repeat] ?? 0)),
      notes: ['A new browser profile each time, signing in on the way. Readable: the heading of the page is painted.'],
    },
    {
      what: 'load with the server off: projects out of the database',
      budget: 'works',
      cells: { slipway: middle(off, milliseconds) },
      ratio: '–',
      ok: Number.isFinite(median(off)),
      notes: [],
    },
  ]
}

async function firstLoad(browser: Browser, { target }: Up): Promise<{ shell: number; data: number; page: Page; project: BenchProject }> {
  const project = await makeProject(target, 20)
  const page = await (await person(browser)).newPage()
  const begin = Date.now()
  await page.goto(`${addressOf(target)}/?token=${target.token}`, { waitUntil: 'commit' })
  const shell = (await headingPainted(page)) - begin
  const data = (await projectPainted(page, project)) - begin
  // The service worker takes its copy of the app after the first load; only then can the server go.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  return { shell, data, page, project }
}

async function withoutServer(page: Page, project: BenchProject): Promise<number> {
  const begin = Date.now()
  await page.goto(page.url(), { waitUntil: 'commit' })
  return (await projectPainted(page, project)) - begin
}

/** When the page's heading was painted. */
const headingPainted = (page: Page): Promise<number> =>
  page.evaluate(async () => (await window.stopwatch.painted(() => document.querySelector('h1')?.textContent === 'Projects')).at)

const projectPainted = (page: Page, { id }: BenchProject): Promise<number> =>
  page.evaluate(
    async (project) => (await window.stopwatch.painted(() => document.querySelector(`a[href="/projects/${project}"]`) !== null)).at,
    id,
  )
