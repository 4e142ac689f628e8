import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright'
import type { Rule } from '#tests/fakes/openai-script.ts'
import { type Frames, framesWhile } from '../browser/browser.ts'
import { median } from '../report/statistics.ts'
import { middle, number } from '../report/words.ts'
import { longFrames } from './frames.ts'
import type { Bench, Line, Row } from './row.ts'
import { type AtWork, commitAll, startOnCard, withAgent } from './with-agent.ts'

/** Every line of every file is replaced, so that twice as many are changed. */
type Change = { files: number; lines: number }
const CHANGES: readonly Change[] = [
  { files: 100, lines: 100 },
  { files: 1, lines: 10_000 },
]
const LEAST_FPS = 50
/** How far a wheel turns at once, and how often in one measurement: some 20,000 pixels, at the speed of somebody who looks for something. */
const WHEEL = { pixels: 120, turns: 160, everyMs: 16 }

/** A long change scrolled through from one end towards the other. */
export const diffRow: Row = {
  name: 'diff',
  what: 'scrolling through changes of 20,000 lines',
  needsNoPeer: true,
  async run(bench) {
    const lines: Line[] = []
    for (const change of CHANGES) {
      const folder = path.join(bench.folder, `${change.files}`)
      await mkdir(folder)
      lines.push(...(await ofChange({ ...bench, folder }, change)))
    }
    return lines
  },
}

const ofChange = (bench: Bench, change: Change): Promise<Line[]> =>
  withAgent(
    bench,
    () => repository(bench, change),
    async (atWork) => {
      atWork.model.says(replaceAll(change))
      await openChange(atWork, change)
      const lines: Line[] = []
      for (const look of ['Unified', 'Split']) {
        await atWork.page.getByRole('radio', { name: look }).click()
        lines.push(await measure(atWork.page, change, look, bench.settings.browser.loads))
      }
      return lines
    },
  )

async function measure(page: Page, { files, lines }: Change, look: string, repeats: number): Promise<Line> {
  const changes = page.getByRole('region', { name: 'Changes', exact: true })
  const all: Frames[] = []
  for (let repeat = 0; repeat <= repeats; repeat++) {
    await changes.evaluate((region, part) => region.scrollTo(0, region.scrollHeight * part), repeat / (repeats + 1))
    await page.waitForTimeout(500)
    await changes.hover()
    const frames = await framesWhile(page, () => scroll(page))
    // The first finds code that has never run.
    if (repeat > 0) all.push(frames)
  }
  const perSecond = all.map(({ count, ms }) => (1_000 * count) / ms)
  const what = `${number(2 * files * lines)} changed lines in ${files === 1 ? 'one file' : `${files} files`}, ${look.toLowerCase()}`
  return {
    what: `${what}: frames a second while scrolling`,
    budget: `≥ ${LEAST_FPS}`,
    cells: { slipway: middle(perSecond, number) },
    ratio: '–',
    ok: median(perSecond) >= LEAST_FPS,
    notes: [
      `${WHEEL.turns} turns of a wheel by ${WHEEL.pixels} pixels, begun at ${repeats} places; the display has 60. ${longFrames(all)}`,
    ],
  }
}

async function scroll(page: Page): Promise<void> {
  for (let turn = 0; turn < WHEEL.turns; turn++) {
    await page.mouse.wheel(0, WHEEL.pixels)
    await page.waitForTimeout(WHEEL.everyMs)
  }
}

/** Starts an agent on a card and opens what it changed. */
async function openChange(atWork: AtWork, { files }: Change): Promise<void> {
  const { page } = atWork
  await startOnCard(atWork)
  await page.getByRole('region', { name: 'Attempt 1' }).getByText('succeeded').waitFor({ timeout: 120_000 })
  await page.getByRole('tab', { name: /Diff/ }).click()
  // A big file is closed until it is asked for.
  if (files === 1)
    await page
      .getByRole('region', { name: nameOf(0) })
      .getByRole('button')
      .first()
      .click()
  await page.getByRole('region', { name: `Lines of ${nameOf(0)}` }).waitFor()
}

const nameOf = (file: number): string => `part-${Math.floor(file / 10)}/file-${file}.ts`
const contentOf = (file: number, lines: number, word: string): string =>
  Array.from({ length: lines }, (_, line) => `export const ${word}${file}x${line} = ${line} * ${file} // ${word} number ${line}`).join('\n')

/** The model replaces every line of every file, then it has done. */
const replaceAll =
  ({ files, lines }: Change): Rule =>
  (request) => {
    if (!request.tools?.some((tool) => tool.function.name === 'write_file')) return undefined
    const done = request.messages.flatMap((message) => message.tool_calls ?? []).map((call) => call.function.name)
    if (done.includes('write_file')) return undefined
    const write = (file: number) => ({ name: 'write_file', arguments: { path: nameOf(file), content: contentOf(file, lines, 'after') } })
    return { text: 'I replace every line.', calls: Array.from({ length: files }, (_, file) => write(file)) }
  }

async function repository({ folder, say }: Bench, { files, lines }: Change): Promise<string> {
  say(`diff: making a repository with ${number(files * lines)} lines in ${files} files`)
  const made = path.join(folder, 'repository')
  for (let file = 0; file < files; file++) {
    await mkdir(path.dirname(path.join(made, nameOf(file))), { recursive: true })
    await writeFile(path.join(made, nameOf(file)), contentOf(file, lines, 'before'))
  }
  await commitAll(made)
  return made
}
