import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { say } from './say.mjs'

const LEASH = new URL('./leash.mjs', import.meta.url).href
const STOP_MS = 10_000
const LONG_ENOUGH_MS = 30_000

/**
 * One process that has to run: started, started again when it dies by itself (waiting longer each time), and stopped with
 * everything it started. It leads a process group of its own, so that Ctrl-C reaches the launcher alone.
 */
export class KeptProcess {
  #child
  #ended = Promise.resolve()
  #stopping = false
  /** The first time it is started again at once. */
  #wait = 0
  #began = 0
  #wasReady = false

  /**
   * @param {{ name: string, root: string, args: string[], env: () => Record<string, string | undefined>,
   *   onLine: (line: string) => boolean, onLog: (line: string) => void, onRefusal: () => void }} options
   *   `onLine` sees every line of stdout and answers true for the one that means: ready. `onLog` gets the lines of stderr.
   *   `onRefusal` is told when the process ends before it was ever ready: it has said why, and starting again would not help.
   */
  constructor(options) {
    this.options = options
  }

  get pid() {
    return this.#child?.pid
  }

  /** For a process that says by its log, not on stdout, that it is up. */
  isReady() {
    this.#wasReady = true
  }

  start() {
    const { name, root, args, env, onLine, onLog, onRefusal } = this.options
    this.#began = Date.now()
    const child = spawn(process.execPath, ['--import', LEASH, ...args], {
      cwd: root,
      env: { ...process.env, ...env() },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    this.#child = child
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (onLine(line)) this.#wasReady = true
    })
    createInterface({ input: child.stderr }).on('line', onLog)
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => {
        say(`The ${name} cannot be started: ${error.message}.`)
        resolve()
      })
      child.once('close', (code, signal) => {
        resolve()
        killGroup(child.pid)
        if (this.#stopping) return
        if (!this.#wasReady && signal === null) return onRefusal()
        this.#startAgain(code, signal)
      })
    })
  }

  /** Asks it to stop, and after a while ends it with all it started. */
  async stop() {
    this.#stopping = true
    const child = this.#child
    if (!child || child.pid === undefined) return
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    const late = setTimeout(() => killGroup(child.pid), STOP_MS)
    await this.#ended
    clearTimeout(late)
  }

  /** Ends it at once, with all it started. */
  kill() {
    this.#stopping = true
    killGroup(this.#child?.pid)
  }

  #startAgain(code, signal) {
    if (Date.now() - this.#began > LONG_ENOUGH_MS) this.#wait = 0
    say(`The ${this.options.name} ended (${signal ?? `exit code ${code}`}); starting it again.`)
    setTimeout(() => {
      if (!this.#stopping) this.start()
    }, this.#wait)
    this.#wait = Math.min(Math.max(this.#wait * 2, 250), 10_000)
  }
}

/** Ends whatever is left of a process group. */
function killGroup(pid) {
  if (pid === undefined) return
  try {
    if (process.platform === 'win32') process.kill(pid, 'SIGKILL')
    else process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left.
  }
}
