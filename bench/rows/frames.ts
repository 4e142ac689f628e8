import type { Page } from 'playwright'
import { type Frames, framesWhile, person, signIn } from '../browser/browser.ts'
import { COLUMNS, makeProject } from '../browser/project.ts'
import { WORDS } from '../driver/board.ts'
import type { Target } from '../driver/connection.ts'
import { number } from '../report/words.ts'
import { addressOf } from '../servers/slipway.ts'
import { inBrowser } from './in-browser.ts'
import type { Bench, Line, Row } from './row.ts'

const [BACKLOG = '', TODO = '', DOING = ''] = COLUMNS
/** A quick typist. */
const LETTER_MS = 60
const SENTENCE = 'The list keeps its order when somebody else adds an entry'
/** By then the tables of a browser that was never here are there, and what the board showed is kept. */
const SETTLED_MS = 30_000

/** What hands do on a large board, and how. */
const DEEDS: readonly { what: string; act: (page: Page, repeat: number) => Promise<void> }[] = [
  { what: 'a title typed', act: typeTitle },
  { what: 'words looked for', act: search },
  { what: 'a filter typed', act: filter },
  { what: 'a card dragged', act: dragAround },
  { what: 'a column scrolled', act: scrollColumn },
]

/** Whether any frame takes too long while somebody types, drags and searches on a large board. */
export const framesRow: Row = {
  name: 'frames',
  what: 'frames over 50 ms while typing, dragging and searching on a board of 10,000 cards',
  needsNoPeer: true,
  run: (bench) => inBrowser(bench, (browser, up) => measure(bench, () => person(browser), up.target)),
}

async function measure({ settings, say }: Bench, somebody: () => ReturnType<typeof person>, target: Target): Promise<Line[]> {
  const { cards, loads } = settings.browser
  say(`frames: filling a project with ${number(cards)} cards`)
  const { id } = await makeProject(target, cards)
  const page = await signIn(await somebody(), addressOf(target), target.token ?? '')
  await page.goto(`${addressOf(target)}/projects/${id}`)
  await page.evaluate((columns) => window.stopwatch.boardReady(columns), COLUMNS)
  await page.waitForTimeout(SETTLED_MS)
  const lines: Line[] = []
  for (const { what, act } of DEEDS) {
    // The first time finds code that has never run.
    await act(page, 0)
    const all: Frames[] = []
    for (let repeat = 1; repeat <= loads; repeat++) all.push(await framesWhile(page, () => act(page, repeat)))
    const long = all.flatMap((each) => each.long)
    lines.push({
      what: `${what}, ${number(cards)} cards: frames over 50 ms`,
      budget: '0',
      cells: { slipway: `${long.length} of ${number(all.reduce((sum, { count }) => sum + count, 0))}` },
      ratio: '–',
      ok: long.length === 0,
      notes: long.length > 0 ? [`${what}: ${longFrames(all)}`] : [],
    })
  }
  return lines
}

/** How many frames were over 50 ms, and the worst of them, in words. */
export function longFrames(all: readonly Frames[]): string {
  const long = all.flatMap((each) => each.long)
  if (long.length === 0) return 'No frame took more than 50 ms.'
  const worst = all.reduce((so, { worst }) => (worst.ms > so.ms ? worst : so), { ms: 0, madeOf: '' })
  return `${long.length} over 50 ms, the worst ${Math.round(worst.ms)} ms (${worst.madeOf}).`
}

async function typeTitle(page: Page): Promise<void> {
  await page.getByRole('button', { name: `Add a card to ${BACKLOG}` }).click()
  await page.keyboard.type(SENTENCE, { delay: LETTER_MS })
  await page.keyboard.press('Enter')
  await page.waitForTimeout(500)
  await page.keyboard.press('Escape')
}

async function search(page: Page, repeat: number): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog', { name: 'Command bar' }).waitFor()
  await page.keyboard.type(`${WORDS[repeat]} ${WORDS[repeat + 7]}`, { delay: LETTER_MS })
  await page.waitForTimeout(500)
  await page.keyboard.press('Escape')
}

async function filter(page: Page, repeat: number): Promise<void> {
  const box = page.getByRole('searchbox', { name: 'Filter cards' })
  await box.click()
  await page.keyboard.type(`${WORDS[repeat]}`, { delay: LETTER_MS })
  await page.waitForTimeout(500)
  await box.fill('')
  await page.waitForTimeout(300)
}

async function dragAround(page: Page): Promise<void> {
  const boxes = await Promise.all([BACKLOG, TODO, DOING].map((name) => page.getByRole('grid', { name: `Cards in ${name}` }).boundingBox()))
  const [from, over, to] = boxes.map((box) => {
    if (!box) throw new Error('there is no column to drag over')
    return { x: box.x + box.width / 2, y: box.y }
  }) as [{ x: number; y: number }, { x: number; y: number }, { x: number; y: number }]
  await page.mouse.move(from.x, from.y + 40)
  await page.mouse.down()
  await page.mouse.move(over.x, over.y + 300, { steps: 30 })
  await page.mouse.move(to.x, to.y + 20, { steps: 30 })
  await page.mouse.up()
  await page.waitForTimeout(500)
}

async function scrollColumn(page: Page): Promise<void> {
  await page.getByRole('grid', { name: `Cards in ${TODO}` }).hover()
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.wheel(0, 120)
    await page.waitForTimeout(16)
  }
}
