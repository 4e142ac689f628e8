import type { Browser, Page } from 'playwright'
import { type Painted, person, signIn } from '../browser/browser.ts'
import { COLUMNS, makeProject } from '../browser/project.ts'
import { median, percentile } from '../report/statistics.ts'
import { middle, milliseconds, number } from '../report/words.ts'
import { addressOf } from '../servers/slipway.ts'
import { inBrowser } from './in-browser.ts'
import type { Bench, Line, Row } from './row.ts'

const [BACKLOG = '', TODO = ''] = COLUMNS
/** By then an answer of ten thousand rows is kept again after a change. */
const KEPT_BY_MS = 30_000

/** A large board in a browser: how soon one can work on it, and how soon a dropped card is where it was dropped. */
export const boardRow: Row = {
  name: 'board',
  what: 'a board of 10,000 tasks in a browser: warm load, drag, and tables built anew',
  run: (bench) => inBrowser(bench, (browser, up) => measure(bench, browser, up.target)),
}

async function measure({ settings, say }: Bench, browser: Browser, target: Parameters<typeof addressOf>[0]): Promise<Line[]> {
  const { cards, repeats, loads } = settings.browser
  say(`board: filling a project with ${number(cards)} cards`)
  const { id } = await makeProject(target, cards)
  const page = await signIn(await person(browser), addressOf(target), target.token ?? '')
  const address = `${addressOf(target)}/projects/${id}`
  await page.goto(address)
  await page.evaluate((columns) => window.stopwatch.boardReady(columns), COLUMNS)
  await page.evaluate(() => window.stopwatch.listen())
  // A browser that was never here still fills its tables, and then keeps what the board showed: that is another thing than a drop.
  const first = await drag(page, [TODO, BACKLOG])
  await page.waitForTimeout(KEPT_BY_MS)
  const drags: Drag[] = []
  for (let repeat = 0; repeat < repeats; repeat++) drags.push(await drag(page, repeat % 2 === 0 ? [BACKLOG, TODO] : [TODO, BACKLOG]))
  const atOnce = [await warmLoad(page, address)]
  const warm: number[] = []
  await page.waitForTimeout(KEPT_BY_MS)
  for (let load = 0; load < loads; load++) warm.push(await warmLoad(page, address))
  for (let load = 1; load < Math.min(loads, 3); load++) {
    await page.evaluate(() => window.stopwatch.listen())
    await drag(page, load % 2 === 0 ? [BACKLOG, TODO] : [TODO, BACKLOG])
    atOnce.push(await warmLoad(page, address))
  }
  const rebuilt: number[] = []
  for (let load = 0; load < loads; load++) rebuilt.push(await rebuild(page, address))
  return [dragLine(cards, drags), tableLine(cards, drags, first), warmLine(cards, warm, atOnce), rebuildLine(cards, rebuilt)]
}

/** Milliseconds after the drop: of work until painted, until seen on a display of 60 Hz, until the tables had it. */
type Drag = { painted: number; seen: number; projected: number }

/** Drags the first card of one column to the top of another. */
async function drag(page: Page, [from, to]: [string, string]): Promise<Drag> {
  const id = (await page.evaluate((column) => window.stopwatch.ids(column)[0], from)) ?? ''
  const card = page.locator(`[data-key="${id}"]`)
  const target = page
    .getByRole('grid', { name: `Cards in ${to}` })
    .getByRole('row')
    .first()
  const [start, end] = [await card.boundingBox(), await target.boundingBox()]
  if (!start || !end) throw new Error('there is no card to drag')
  await page.evaluate(
    ([card, column]) => {
      window.stopwatch.drops.length = 0
      window.stopwatch.projected.clear()
      Object.assign(window, { waiting: window.stopwatch.inColumn(card ?? '', column ?? '') })
    },
    [id, to],
  )
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width / 2, end.y + 12, { steps: 8 })
  await page.mouse.up()
  return page.evaluate(async (card) => {
    const { drops, projected } = window.stopwatch
    const { changed, drawing, at } = await (window as unknown as { waiting: Promise<Painted> }).waiting
    while (!projected.has(card)) await new Promise((resolve) => setTimeout(resolve, 5))
    const dropped = drops[0] ?? Number.NaN
    return { painted: changed - dropped + drawing, seen: at - dropped, projected: (projected.get(card) ?? Number.NaN) - dropped }
  }, id)
}

/** Opens the board again and answers how long it took until cards stood in every column and the page was idle. */
async function warmLoad(page: Page, address: string): Promise<number> {
  await page.goto('about:blank')
  const begin = Date.now()
  await page.goto(address, { waitUntil: 'commit' })
  const { idle } = await page.evaluate((columns) => window.stopwatch.boardReady(columns), COLUMNS)
  return idle - begin
}

/** Throws the tables away and opens the board; answers how long it took until they held every card again. */
async function rebuild(page: Page, address: string): Promise<number> {
  // A page of the same origin that runs nothing of the app.
  await page.goto(new URL('/icon.svg', address).href)
  await page.evaluate(async () => {
    const root = (await navigator.storage.getDirectory()) as FileSystemDirectoryHandle & { keys(): AsyncIterable<string> }
    for await (const name of root.keys()) {
      // The worker of the page before holds its files until it has ended.
      for (let tries = 0; tries < 100; tries++) {
        const isGone = await root.removeEntry(name, { recursive: true }).then(
          () => true,
          () => false,
        )
        if (isGone) break
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  })
  const begin = Date.now()
  await page.goto(address, { waitUntil: 'commit' })
  return (await page.evaluate(() => window.stopwatch.rebuilt())) - begin
}

function dragLine(cards: number, drags: readonly Drag[]): Line {
  const painted = drags.map((each) => each.painted)
  const p95 = percentile(painted, 0.95)
  return {
    what: `drag with ${number(cards)} tasks: drop → painted, p95`,
    budget: '≤ 16 ms',
    cells: { slipway: `${milliseconds(p95)} (p50 ${milliseconds(median(painted))})` },
    ratio: '–',
    ok: p95 <= 16,
    notes: [
      `Work only: from the drop until the document is changed, and the drawing of the frame that shows it. With the wait for the next refresh of a 60 Hz display it is ${milliseconds(
        percentile(
          drags.map((each) => each.seen),
          0.95,
        ),
      )}.`,
    ],
  }
}

function tableLine(cards: number, drags: readonly Drag[], first: Drag): Line {
  const projected = drags.map((each) => each.projected)
  const p95 = percentile(projected, 0.95)
  return {
    what: `drag with ${number(cards)} tasks: drop → in PGlite, p95`,
    budget: '≤ 50 ms',
    cells: { slipway: `${milliseconds(p95)} (p50 ${milliseconds(median(projected))})` },
    ratio: '–',
    ok: p95 <= 50,
    notes: [
      `Until every tab has been told that the row is committed in its table; the change is durable in the browser’s update log before that. A drop in a browser that was never here, as soon as it shows the board: painted after ${milliseconds(first.painted)}, in the tables when they have all ${number(cards)} cards, after ${milliseconds(first.projected)}.`,
    ],
  }
}

const warmLine = (cards: number, warm: readonly number[], atOnce: readonly number[]): Line => ({
  what: `board interactive, warm, ${number(cards)} tasks`,
  budget: '≤ 1,000 ms',
  cells: { slipway: middle(warm, milliseconds) },
  ratio: '–',
  ok: median(warm) <= 1_000,
  notes: [
    `From navigation until every column shows its cards and the main thread is idle, half a minute after the last change. Opened again at once after a change, when no answer is kept: ${middle(atOnce, milliseconds)}.`,
  ],
})

const rebuildLine = (cards: number, rebuilt: readonly number[]): Line => ({
  what: `tables thrown away, ${number(cards)} tasks: navigation → all in PGlite again`,
  budget: '≤ 3,000 ms',
  cells: { slipway: middle(rebuilt, milliseconds) },
  ratio: '–',
  ok: median(rebuilt) <= 3_000,
  notes: [
    'From the update log in the browser, the database itself from the prebuilt directory; the board is shown and takes edits before that.',
  ],
})
