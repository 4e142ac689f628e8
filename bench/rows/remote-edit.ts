import type { Browser, Page } from 'playwright'
import { type Painted, person, signIn, withBrowser } from '../browser/browser.ts'
import { needBuiltApp } from '../browser/built-app.ts'
import { COLUMNS, makeProject } from '../browser/project.ts'
import { median, pairedRatio } from '../report/statistics.ts'
import { cells, milliseconds, times } from '../report/words.ts'
import { relay } from '../servers/peers.ts'
import type { Up } from '../servers/server.ts'
import { addressOf, slipway } from '../servers/slipway.ts'
import { withServers } from './in-turn.ts'
import type { Row } from './row.ts'

const CARDS = 1_000
const SETTLED_MS = 300
/** How long an edit of a card's place is on the wire. */
const BYTES = 180
const COLUMN = COLUMNS[0] ?? ''

/** From a key pressed in one browser to the frame that shows its effect in another. */
export const remoteEditRow: Row = {
  name: 'remote-edit',
  what: 'edit in one browser → painted in another',
  run: ({ settings, folder }) => {
    needBuiltApp()
    return withBrowser((browser) =>
      withServers([relay, slipway], folder, async (ups) => {
        const [plain, ours] = ups as [Up, Up]
        const pair = { plain: await plainPair(browser, plain), ours: await ourPair(browser, ours) }
        const samples = { relay: [] as number[], slipway: [] as number[] }
        const own: number[] = []
        for (let repeat = 0; repeat <= settings.browser.repeats; repeat++) {
          const [theirs, ours] = [await plainEdit(...pair.plain), await ourEdit(...pair.ours)]
          if (repeat === 0) continue
          samples.relay.push(theirs)
          samples.slipway.push(ours.other)
          own.push(ours.own)
        }
        const ratio = median(samples.slipway) / (median(samples.relay) + median(own))
        return [
          {
            what: 'edit in one browser → painted in another, p50',
            budget: '≤ 1.3 × the relay and its own paint',
            cells: cells(samples, milliseconds),
            ratio: times(ratio),
            ok: ratio <= 1.3,
            notes: [
              `A key that moves a card to the next column, on a board of ${CARDS.toLocaleString('en-US')}; beside it two pages that send as many bytes over the bare relay and write them into one line of text. The writer sees it painted after ${milliseconds(median(own))}: that is its own paint, and the ratio is to both together. To the two plain pages alone it is ${times(median(samples.slipway) / median(samples.relay))}, paired ${times(pairedRatio(samples.slipway, samples.relay))}.`,
            ],
          },
        ]
      }),
    )
  },
}

async function plainPair(browser: Browser, { target }: Up): Promise<[Page, Page]> {
  const pages = await Promise.all([0, 1].map(async () => (await person(browser)).newPage()))
  for (const page of pages) {
    await page.goto(`${addressOf(target)}/#${BYTES}`)
    await page.locator('body[data-open]').waitFor()
  }
  return pages as [Page, Page]
}

async function ourPair(browser: Browser, { target }: Up): Promise<[Page, Page]> {
  const { id } = await makeProject(target, CARDS)
  const pages: Page[] = []
  for (let at = 0; at < 2; at++) {
    const page = await signIn(await person(browser), addressOf(target), target.token ?? '')
    await page.goto(`${addressOf(target)}/projects/${id}`)
    await page.evaluate((columns) => window.stopwatch.boardReady(columns), COLUMNS)
    pages.push(page)
  }
  return pages as [Page, Page]
}

async function plainEdit(writer: Page, reader: Page): Promise<number> {
  await reader.evaluate(() => {
    const line = document.querySelector('#line')
    const before = line?.textContent
    Object.assign(window, { waiting: window.stopwatch.painted(() => line?.textContent !== before) })
  })
  await writer.getByRole('button').click()
  return between(writer, reader, 'clicks')
}

/** How long an edit takes to the other person's screen, and to the writer's own. */
async function ourEdit(writer: Page, reader: Page): Promise<{ other: number; own: number }> {
  const id = (await writer.evaluate((column) => window.stopwatch.ids(column)[0], COLUMN)) ?? ''
  for (const page of [writer, reader]) {
    await page.evaluate(
      ([card, column]) => {
        Object.assign(window, { waiting: window.stopwatch.left(card ?? '', column ?? '') })
      },
      [id, COLUMN],
    )
  }
  // The card before has the focus until it is settled where it went.
  await writer.waitForTimeout(SETTLED_MS)
  await writer.locator(`[data-key="${id}"]`).focus()
  await writer.waitForTimeout(SETTLED_MS)
  await writer.keyboard.press(']')
  return { other: await between(writer, reader, 'keys'), own: await between(writer, writer, 'keys') }
}

/** From what the writer did last to the frame that page waited for. */
async function between(writer: Page, waits: Page, deed: 'clicks' | 'keys'): Promise<number> {
  const { at } = await waits.evaluate(() => (window as unknown as { waiting: Promise<Painted> }).waiting)
  return at - (await writer.evaluate((deed) => window.stopwatch[deed].at(-1) ?? Number.NaN, deed))
}
