import type { Browser, Page } from 'playwright'
import { type Painted, person, signIn } from '../browser/browser.ts'
import { makeInterviews, rareWord, umlautWord } from '../browser/interviews.ts'
import { COLUMNS, makeProject } from '../browser/project.ts'
import { WORDS } from '../driver/board.ts'
import { median } from '../report/statistics.ts'
import { milliseconds, number } from '../report/words.ts'
import { addressOf } from '../servers/slipway.ts'
import { inBrowser } from './in-browser.ts'
import type { Bench, Line, Row } from './row.ts'

/** The command bar waits so long for another letter. */
const PAUSE_MS = 80
const WITHIN_MS = 150

/** What is typed, each time something else: an answer is kept for a while. Where it is to be found last. */
const KINDS: readonly { what: string; typed: (n: number) => string; last: Place }[] = [
  { what: 'a frequent word', typed: (n) => WORDS[n % WORDS.length] ?? '', last: 'said' },
  { what: 'its beginning', typed: (n) => (WORDS[n % WORDS.length] ?? '').slice(0, 3), last: 'said' },
  { what: 'two words', typed: (n) => `${WORDS[n % WORDS.length]} ${WORDS[(n + 7) % WORDS.length]}`, last: 'said' },
  { what: 'a word said once', typed: rareWord, last: 'said' },
  { what: 'one with an umlaut', typed: umlautWord, last: 'said' },
  { what: 'a word nobody said', typed: (n) => `nowhere${n}`, last: 'nothing' },
]
type Place = 'thing' | 'said' | 'nothing'

/** From the last letter typed into the command bar to what has the words, in the database of the browser. */
export const searchRow: Row = {
  name: 'search',
  what: 'words looked for in 10,000 cards and 40,000 messages',
  needsNoPeer: true,
  run: (bench) => inBrowser(bench, (browser, up) => measure(bench, browser, up.target)),
}

async function measure({ settings, say }: Bench, browser: Browser, target: Parameters<typeof addressOf>[0]): Promise<Line[]> {
  const { cards, messages, repeats } = settings.browser
  const { id } = await makeProject(target, cards)
  const interviews = await makeInterviews(target, id, messages)
  const page = await signIn(await person(browser), addressOf(target), target.token ?? '')
  const address = `${addressOf(target)}/projects/${id}`
  // What was said is on a device once it was looked at.
  for (const [at, interview] of interviews.entries()) {
    say(`search: reading interview ${at + 1} of ${interviews.length}`)
    await page.goto(`${address}/interviews/${interview.id}`)
    await page.getByText(interview.lastWords).first().waitFor({ timeout: 180_000 })
  }
  await page.goto(address)
  await page.evaluate((columns) => window.stopwatch.boardReady(columns), COLUMNS)
  await page.context().setOffline(true)
  await page.keyboard.press('ControlOrMeta+k')
  const things: number[] = []
  const all = new Map<string, number[]>()
  for (let n = 0; n <= Math.min(repeats, WORDS.length - 1); n++) {
    for (const { what, typed, last } of KINDS) {
      const took = await find(page, typed(n), last)
      // The first of each finds the database just opened.
      if (n === 0) continue
      if (took.thing !== null) things.push(took.thing)
      all.set(what, [...(all.get(what) ?? []), took.last])
    }
  }
  return [cardsLine(cards, things), allLine(messages, all)]
}

/** Milliseconds after the pause of the command bar until something called so, and until the last that there is to find was painted. */
async function find(page: Page, typed: string, last: Place): Promise<{ thing: number | null; last: number }> {
  const box = page.getByRole('dialog', { name: 'Command bar' }).getByRole('searchbox')
  await box.fill('')
  await page.waitForTimeout(4 * PAUSE_MS)
  await page.evaluate((last) => {
    // No function here has a name: what runs this keeps names by a function of its own, which the page has not.
    const [thing, finding] = ['thing', last].map((place) =>
      window.stopwatch.painted(() =>
        place === 'nothing'
          ? (document.querySelector('[role="dialog"]')?.textContent ?? '').includes('Nothing here has these words')
          : document.querySelector(`[role="dialog"] [data-key^="found ${place}"]`) !== null,
      ),
    )
    Object.assign(window, { finding, thing })
    document.addEventListener('input', () => Object.assign(window, { typedAt: window.stopwatch.now() }), { capture: true, once: true })
  }, last)
  await box.fill(typed)
  const { begin, thing, end } = await page.evaluate(async () => {
    const seen = window as unknown as { finding: Promise<Painted>; thing: Promise<Painted>; typedAt: number }
    const end = await seen.finding
    const thing = await Promise.race([seen.thing, null])
    return { begin: seen.typedAt, thing: thing?.at ?? null, end: end.at }
  })
  const since = (at: number): number => at - begin - PAUSE_MS
  return { thing: thing === null ? null : since(thing), last: since(end) }
}

const cardsLine = (cards: number, took: readonly number[]): Line => ({
  what: `words looked for, ${number(cards)} cards: typed → painted, p50`,
  budget: `≤ ${WITHIN_MS} ms`,
  cells: { slipway: milliseconds(median(took)) },
  ratio: '–',
  ok: median(took) <= WITHIN_MS,
  notes: [`With the network off, after the ${PAUSE_MS} ms in which another letter may come. Words that cards have.`],
})

function allLine(messages: number, all: ReadonlyMap<string, readonly number[]>): Line {
  const medians = [...all].map(([what, took]) => [what, median(took)] as const)
  const slowest = Math.max(...medians.map(([, took]) => took))
  return {
    what: `words looked for, ${number(messages)} messages: typed → painted, p50 of the slowest kind`,
    budget: `≤ ${WITHIN_MS} ms`,
    cells: { slipway: milliseconds(slowest) },
    ratio: '–',
    ok: slowest <= WITHIN_MS,
    notes: [
      `After the cards, which are looked through first: ${medians.map(([what, took]) => `${what} ${milliseconds(took)}`).join(', ')}.`,
    ],
  }
}
