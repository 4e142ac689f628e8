import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import { v7 as newId } from 'uuid'
import { isOlder, OLDEST_GIT, versionIn } from '#launch/machine.mjs'
import { DEADLINES } from './agents/model-call.ts'
import { type RunnerConfig, readConfig } from './config.ts'
import { lockData } from './data-lock.ts'
import { type GitMachine, gitIn } from './git/git.ts'
import { recover } from './recover.ts'
import { findIsolation, toolFolders } from './sandbox/bwrap.ts'
import { describeIsolation } from './sandbox/isolation.ts'
import { TurnStop } from './turn-stop.ts'
import { claimTurns, pauseFor } from './turns/claim-loop.ts'
import { openLeases } from './turns/leases.ts'
import { runTurn } from './turns/run-turn.ts'
import { type Address, serverOverTrpc } from './turns/trpc-server.ts'
import type { Machine } from './turns/turn-context.ts'
import { makeFolders, type RunnerFolders } from './workspaces/workspace.ts'

const VERSION = '0.1.0'
/** A stopping runner has ten seconds; the last is for going. */
const LONGEST_GOODBYE_MS = 9_000

const settings = readConfig()
if (settings.ok) await start(settings.config)
else refuse(settings.sentence)

function refuse(sentence: string): never {
  process.stderr.write(`slipway runner: ${sentence}\n`)
  process.exit(1)
}

async function start(config: RunnerConfig): Promise<void> {
  const log = pino({ level: config.logLevel, base: { part: 'runner' } }, pino.destination({ fd: 2, sync: true }))
  const folders = await makeFolders(config.data).catch((error: unknown) => notWritable(config.data, error))
  const lock = await lockData(config.data).catch((error: unknown) => notWritable(config.data, error))
  if (!lock.ok)
    refuse(
      `another runner (process ${lock.pid}) is using ${config.data}. Stop it first, or give this one a folder of its own with SLIPWAY_RUNNER_DATA.`,
    )
  const machine = await lookAround(config, folders, log)
  await recover(machine.folders, machine.git, String(Date.now()), log)
  const stopping = new AbortController()
  const gone = waitForSignal(stopping, log)
  const address = await waitForServer(config, log, stopping.signal)
  if (address) {
    const leases = openLeases(address)
    // Read again for each call: a server that starts again may have another port.
    const server = serverOverTrpc(async () => {
      const now = (await config.address()) ?? address
      leases.moveTo(now)
      return now
    })
    const running = new Set<Promise<void>>()
    const runner = { runnerId: await runnerId(config.data), name: config.name, version: VERSION }
    log.info(
      { name: config.name, server: address.url, slots: config.slots, isolation: describeIsolation(machine.isolation) },
      'runner ready',
    )
    const claiming = claimTurns({
      server,
      runner,
      slots: config.slots,
      signal: stopping.signal,
      onContact: (trouble) => {
        if (trouble) log.warn({ why: String(trouble.cause ?? trouble) }, `${trouble.message} Asking again until then.`)
        else log.info('the server answers')
      },
      run: (claim) => {
        const turn = runTurn(claim, stopping.signal, {
          server,
          leases,
          machine,
          pause: async (attempt) => void (await sleep(pauseFor(attempt))),
        })
        running.add(turn)
        return turn.finally(() => running.delete(turn))
      },
    })
    await gone
    await Promise.race([Promise.allSettled([claiming, ...running]), sleep(LONGEST_GOODBYE_MS)])
  } else await gone
  await lock.letGo()
  log.info('runner stopped')
  process.exit(0)
}

function notWritable(data: string, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error)
  refuse(
    `the data folder ${data} cannot be written (${why}). Let this user write there, or give the runner another folder with SLIPWAY_RUNNER_DATA.`,
  )
}

async function lookAround(config: RunnerConfig, folders: RunnerFolders, log: Logger): Promise<Machine> {
  const git = { searchPath: config.searchPath, home: folders.home }
  await checkGit(git)
  const isolation = await findIsolation({ bwrap: config.bwrap, searchPath: config.searchPath, allowUnsandboxed: config.allowUnsandboxed })
  if (isolation.kind !== 'bwrap') log.warn(describeIsolation(isolation))
  return {
    name: config.name,
    git,
    folders,
    repositories: config.repositories,
    isolation,
    tools: toolFolders(process.execPath),
    commandLimits: { timeoutMs: 5 * 60_000, maxOutput: 60_000 },
    deadlines: DEADLINES,
    newId: () => newId(),
    now: () => Date.now(),
    log,
  }
}

async function checkGit(git: GitMachine): Promise<void> {
  const oldest = OLDEST_GIT.join('.')
  const said = await gitIn(git, { cwd: git.home })('--version').catch(() =>
    refuse(`git was not found. Install git (${oldest} or newer), then start again.`),
  )
  const version = versionIn(said)
  if (isOlder(version, OLDEST_GIT)) refuse(`git ${version} is too old. Install git ${oldest} or newer, then start again.`)
}

/** The server may start later than the runner: it is waited for, with one line in the log. */
async function waitForServer(config: RunnerConfig, log: Logger, signal: AbortSignal): Promise<Address | undefined> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    const address = await config.address()
    if (address) return address
    if (attempt === 0)
      log.info('waiting for the server to start on this machine; for one elsewhere, set SLIPWAY_URL and SLIPWAY_RUNNER_TOKEN')
    await sleep(Math.min(1_000, pauseFor(attempt)), undefined, { signal }).catch(() => {})
  }
  return undefined
}

function waitForSignal(stopping: AbortController, log: Logger): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (stopping.signal.aborted) return
        log.info({ signal: name }, 'stopping: runs in progress are ended and their work is kept')
        stopping.abort(new TurnStop('shutdown', 'The runner was stopped while it worked on this. The work is kept; resume to go on.'))
        resolve()
      })
    }
  })
}

async function runnerId(data: string): Promise<string> {
  const file = join(data, 'runner-id')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known.trim() !== '') return known.trim()
  const made = randomUUID()
  await writeFile(file, made, { mode: 0o600 })
  return made
}
