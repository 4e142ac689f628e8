import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readArguments } from './arguments.ts'
import { Driver } from './driver/driver.ts'
import { installPeers } from './peers/install.ts'
import { machine } from './report/machine.ts'
import { table } from './report/table.ts'
import { attemptRow } from './rows/attempt.ts'
import { boardRow } from './rows/board.ts'
import { diffRow } from './rows/diff.ts'
import { fanOutRow } from './rows/fan-out.ts'
import { firstLoadRow } from './rows/first-load.ts'
import { framesRow } from './rows/frames.ts'
import { growthRow } from './rows/growth.ts'
import { joinRow } from './rows/join.ts'
import { memoryRow } from './rows/memory.ts'
import { pageScoreRow } from './rows/page-score.ts'
import { propagationRow } from './rows/propagation.ts'
import { remoteEditRow } from './rows/remote-edit.ts'
import type { Line, Row } from './rows/row.ts'
import { searchRow } from './rows/search.ts'
import { severalRow } from './rows/several.ts'
import { throughputRow } from './rows/throughput.ts'
import { peerVersions } from './servers/peers.ts'
import { stopTheRest } from './servers/process.ts'

const ROWS: readonly Row[] = [
  throughputRow,
  propagationRow,
  fanOutRow,
  joinRow,
  memoryRow,
  growthRow,
  remoteEditRow,
  boardRow,
  framesRow,
  searchRow,
  firstLoadRow,
  pageScoreRow,
  attemptRow,
  diffRow,
  severalRow,
]

const HOW_TO_READ = `Every row is one run in which the servers took turns on this machine: read the ratios, not the figures. A cell is the median of
the rounds, in brackets the lowest and the highest. "ratio" is this product to the bare relay, the median of the ratios of each
round. Slipway's updates count only when they are acknowledged, which it does after PostgreSQL has committed them to disk
(fsync on); the relay keeps nothing, the peers keep everything in memory. ✓ within the budget, ✗ not. More in bench/README.md.`

const say = (sentence: string): void => console.error(sentence)

/** Runs one row in a folder of its own. A row that cannot be measured is a line that says why, and the others still run. */
async function measure(row: Row, settings: ReturnType<typeof readArguments>['settings'], home: string): Promise<Line[]> {
  say(`${row.name}: ${row.what} …`)
  const folder = path.join(home, row.name)
  await mkdir(folder)
  const driver = new Driver()
  const begin = Date.now()
  try {
    return await row.run({ settings, driver, folder, say })
  } catch (error) {
    process.exitCode = 1
    const reason = error instanceof Error ? error.message : String(error)
    say(`${row.name}: ${reason}`)
    return [{ what: row.what, budget: '–', cells: {}, ratio: '–', ok: null, notes: [`Not measured: ${reason.split('\n')[0]}`] }]
  } finally {
    driver.stop()
    say(`${row.name}: ${Math.round((Date.now() - begin) / 1_000)} s`)
  }
}

async function main(): Promise<void> {
  const asked = readArguments(
    process.argv.slice(2),
    ROWS.map(({ name }) => name),
  )
  if (ROWS.some((row) => asked.rows.includes(row.name) && !row.needsNoPeer)) installPeers(say)
  const ran = machine(peerVersions())
  const home = await mkdtemp(path.join(tmpdir(), 'slipway-bench-'))
  const lines: Line[] = []
  try {
    for (const row of ROWS) if (asked.rows.includes(row.name)) lines.push(...(await measure(row, asked.settings, home)))
  } finally {
    await rm(home, { recursive: true, force: true })
  }
  console.log(`${table(lines)}\n\n${HOW_TO_READ}\n\n${asked.settings.name === 'quick' ? 'A quick run: too short to stand by. ' : ''}${ran}`)
}

/** However it ends, nothing it started stays behind. */
function leave(code: number): void {
  void stopTheRest().finally(() => process.exit(code))
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leave(130))
main().then(
  () => leave(Number(process.exitCode ?? 0)),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error))
    leave(1)
  },
)
