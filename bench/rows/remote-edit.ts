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
/** How long an edit of a card's place is on the wire. */
const BYTES = 180
const COLUMN = COLUMNS[0] ?? ''

/** From a click in one browser to the frame that shows its effect in another. */
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
        for (let repeat = 0; repeat <= settings.browser.repeats; repeat++) {
          const [theirs, own] = [await plainEdit(...pair.plain), await ourEdit(...pair.ours)]
          if (repeat === 0) continue
          samples.relay.push(theirs)
          samples.slipway.push(own)
        }
        const ratio = median(samples.slipway) / median(samples.relay)
        return [
          {
            what: 'edit in one browser → painted in another, p50',
            budget: '≤ 1.3 × two plain pages on the relay',
            cells: cells(samples, milliseconds),
            ratio: times(ratio),
            ok: ratio <= 1.3,
            notes: [
              `A click that moves a card to the top of its column, on a board of ${CARDS.toLocaleString('en-US')}; beside it two pages that send as many bytes over the bare relay and write them into one line of text. Paired ratio ${times(pairedRatio(samples.slipway, samples.relay))}.`,
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
  return between(writer, reader)
}

async function ourEdit(writer: Page, reader: Page): Promise<number> {
  const id = (await writer.evaluate((column) => window.stopwatch.ids(column)[1], COLUMN)) ?? ''
  await reader.evaluate(
    ([card, column]) => {
      Object.assign(window, { waiting: window.stopwatch.onTop(card ?? '', column ?? '') })
    },
    [id, COLUMN],
  )
  const card = writer.locator(`[data-key="${id}"]`)
  await card.hover()
  await card.getByRole('button', { name: /^Actions for/ }).click()
  await writer.getByRole('menuitem', { name: 'To the top of the column' }).click()
  return between(writer, reader)
}

/** From the writer's last click to the frame the reader waited for. */
async function between(writer: Page, reader: Page): Promise<number> {
  const { at } = await reader.evaluate(() => (window as unknown as { waiting: Promise<Painted> }).waiting)
  return at - (await writer.evaluate(() => window.stopwatch.clicks.at(-1) ?? Number.NaN))
}
