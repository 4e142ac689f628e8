import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { FakeOpenAi } from '#tests/fakes/openai-server.ts'
import { median } from '../report/statistics.ts'
import { middle, milliseconds, number } from '../report/words.ts'
import type { Bench, Row } from './row.ts'
import { type AtWork, commitAll, startOnCard, withAgent } from './with-agent.ts'

const FILES_A_FOLDER = 100

/** From the click on Start to the agent's first request to its model. */
export const attemptRow: Row = {
  name: 'attempt',
  what: 'click → the agent’s first request',
  run: (bench) =>
    withAgent(bench, largeRepository, async (atWork) => {
      const { files, repeats } = bench.settings.attempt
      const times: number[] = []
      for (let repeat = 0; repeat <= repeats; repeat++) {
        const took = await attempt(atWork)
        if (repeat > 0) times.push(took)
      }
      return [
        {
          what: `start of an attempt on ${number(files)} files: click → the agent’s first request`,
          budget: '≤ 500 ms',
          cells: { slipway: middle(times, milliseconds) },
          ratio: '–',
          ok: median(times) <= 500,
          notes: ['Browser, server and runner on this machine; the model is a fake one that notes when it is asked. Worktree included.'],
        },
      ]
    }),
}

async function attempt(atWork: AtWork): Promise<number> {
  const { page, model } = atWork
  const before = model.journal.length
  await startOnCard(atWork)
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
  await commitAll(repository)
  return repository
}
