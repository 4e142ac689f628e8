import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { person, signIn } from '../browser/browser.ts'
import { load, measured } from '../browser/page-load.ts'
import { COLUMNS, makeProject } from '../browser/project.ts'
import type { Target } from '../driver/connection.ts'
import { pageScore, type Vitals } from '../report/page-score.ts'
import { median } from '../report/statistics.ts'
import { middle, milliseconds, number } from '../report/words.ts'
import { addressOf } from '../servers/slipway.ts'
import { inBrowser } from './in-browser.ts'
import type { Bench, Line, Row } from './row.ts'

const CARDS = 200
const GOOD = 95

/** What Lighthouse would say of the two pages people are on all day. */
export const pageScoreRow: Row = {
  name: 'page-score',
  what: 'Lighthouse’s performance score, and what axe finds, of a board and a card',
  needsNoPeer: true,
  run: (bench) => inBrowser(bench, (browser, up) => measure(bench, browser, up.target)),
}

async function measure({ settings }: Bench, browser: Browser, target: Target): Promise<Line[]> {
  const { id } = await makeProject(target, CARDS)
  const context = await person(browser)
  const first = await signIn(context, addressOf(target), target.token ?? '')
  const board = `${addressOf(target)}/projects/${id}`
  await first.goto(board)
  await boardPainted(first)
  const [card = ''] = await first.evaluate(([column = '']) => window.stopwatch.ids(column), COLUMNS)
  await first.close()
  const page = await measured(context)
  const pages: [string, string, (page: Page) => Promise<number>][] = [
    [`a board of ${CARDS} cards`, board, boardPainted],
    ['a card', `${board}/tasks/${card}`, cardPainted],
  ]
  const lines: Line[] = []
  for (const [what, address, painted] of pages) {
    const loads: Vitals[] = []
    for (let at = 0; at < settings.browser.loads; at++) loads.push(await load(page, address, () => painted(page)))
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('[data-live-announcer]').analyze()
    lines.push(
      line(
        what,
        loads,
        violations.map(({ id: rule }) => rule),
      ),
    )
  }
  return lines
}

function line(what: string, loads: readonly Vitals[], found: readonly string[]): Line {
  const scores = loads.map(pageScore)
  const of = (name: keyof Vitals) => loads.map((each) => each[name])
  return {
    what: `Lighthouse’s performance score of ${what}; findings of axe`,
    budget: `≥ ${GOOD}; 0`,
    cells: { slipway: `${middle(scores, String)}; ${found.length}` },
    ratio: '–',
    ok: median(scores) >= GOOD && found.length === 0,
    notes: [
      `${what}: first paint ${middle(of('fcp'), milliseconds)}, largest ${middle(of('lcp'), milliseconds)}, all painted ${middle(of('si'), milliseconds)}, blocked ${middle(of('tbt'), milliseconds)}, shifted ${middle(of('cls'), number)}.${found.length ? ` Axe: ${found.join(', ')}.` : ''}`,
      'Loaded as Lighthouse 12 loads on a desktop: signed in, nothing in the HTTP cache, 10 Mbit/s and 40 ms a request (workers and the socket are not slowed down: Chromium cannot); all painted stands for the Speed Index.',
    ],
  }
}

const boardPainted = (page: Page): Promise<number> =>
  page.evaluate(async (columns) => (await window.stopwatch.boardReady(columns)).shown, COLUMNS)

const cardPainted = (page: Page): Promise<number> =>
  page.evaluate(
    async () =>
      (
        await window.stopwatch.painted(
          () =>
            !!document.querySelector<HTMLTextAreaElement>('[aria-label="Title"]')?.value &&
            document.querySelector('[role=tabpanel]') !== null,
        )
      ).at,
  )
