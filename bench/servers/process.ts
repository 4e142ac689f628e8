import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** Everything the bench has started and not yet stopped; all of it goes when the bench goes. */
const running = new Map<ChildProcess, () => Promise<void>>()

/** A program the bench started. */
export type Running = { pid: number; stop: () => Promise<void>; kill: () => Promise<void> }

/** How long a program may take to leave after a polite request. */
const PATIENCE_MS = 15_000

/** Starts a program and keeps an eye on it. `complaints` gathers the end of what it says on stderr, for the message when it fails. */
export function start(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): Running & { child: ChildProcess; complaints: () => string } {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options })
  let said = ''
  child.stderr?.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-4_000)))
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  void gone.then(() => running.delete(child))
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const late = new AbortController()
    await Promise.race([gone, wait(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => {})])
    late.abort()
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await gone
  }
  running.set(child, () => stop('SIGTERM'))
  return { pid: child.pid ?? 0, child, complaints: () => said, stop: () => stop('SIGTERM'), kill: () => stop('SIGKILL') }
}

/** Refuses to go on where something listens already: it would be measured in the place of what was to be started. */
export async function needFreePort(port: number, name: string): Promise<void> {
  if (await answers(port))
    throw new Error(`Port ${port} is taken, so ${name} cannot be started. Stop what listens there, then run the bench again.`)
}

/** Waits until something listens on the port, or says why not. */
export async function listening(
  port: number,
  program: { child: ChildProcess; complaints: () => string },
  name: string,
  patienceMs = 90_000,
): Promise<void> {
  const end = Date.now() + patienceMs
  while (!(await answers(port))) {
    if (program.child.exitCode !== null) throw new Error(`${name} ended with code ${program.child.exitCode}: ${program.complaints()}`)
    if (Date.now() > end) throw new Error(`${name} does not listen on port ${port} after ${patienceMs / 1_000} s: ${program.complaints()}`)
    await wait(25)
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const say = (yes: boolean): void => {
      socket.destroy()
      resolve(yes)
    }
    socket.once('connect', () => say(true))
    socket.once('error', () => say(false))
  })
}

/** Asks whatever is still running to leave, by its pid, and makes it leave when it doesn't. */
export async function stopTheRest(): Promise<void> {
  await Promise.all([...running.values()].map((stop) => stop()))
}
