import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** How a process gets a view of the file system that it may mount into: as root plainly, as an ordinary user by being root in a namespace. */
const WAYS = [['--mount'], ['--user', '--map-root-user', '--mount']]
const tryMount = ['--', 'mount', '-t', 'tmpfs', 'slipway', tmpdir()]
const findWay = (): string[] | undefined => WAYS.find((flags) => spawnSync('unshare', [...flags, ...tryMount]).status === 0)

/** Whether this machine lets us mount a file system of our own. */
export const canMountDisks = (): boolean => findWay() !== undefined

const MOUNT = 'mount -t tmpfs -o "size=$1,mode=0700" slipway "$2" && echo mounted && exec cat'
const CHUNK = Buffer.alloc(64 * 1024, 'x')

/**
 * A file system of a few megabytes over a folder. Only what is started with `inside` sees it there; it lies in memory and is
 * gone with its holder, which ends with this process.
 */
export class SmallDisk {
  /** The folder as it is seen from outside. */
  readonly outside: string
  /** What stands before a command that is to see the disk. */
  readonly inside: readonly string[]
  readonly #holder: ChildProcess

  private constructor(holder: ChildProcess, folder: string, way: readonly string[]) {
    const { pid } = holder
    this.#holder = holder
    this.outside = join(`/proc/${pid}/root`, folder)
    this.inside = ['nsenter', `--target=${pid}`, ...(way.includes('--user') ? ['--user', '--preserve-credentials'] : []), '--mount', '--']
  }

  /** Mounts a disk of so many bytes over the folder. */
  static async mount(folder: string, bytes: number): Promise<SmallDisk> {
    const way = findWay()
    if (!way) throw new Error('This machine lets nobody here mount a file system.')
    const holder = spawn('unshare', [...way, '--', 'sh', '-c', MOUNT, 'sh', String(bytes), folder], { stdio: ['pipe', 'pipe', 'inherit'] })
    const [said] = await Promise.race([once(createInterface({ input: holder.stdout }), 'line'), once(holder, 'exit')])
    if (said !== 'mounted') throw new Error(`The disk could not be mounted (${said}).`)
    return new SmallDisk(holder, folder, way)
  }

  /** Takes every byte that is left. */
  fill(): void {
    const file = openSync(this.#filler, 'a')
    try {
      for (let size = CHUNK.length; size >= 1; ) {
        try {
          writeSync(file, CHUNK, 0, size)
        } catch (thrown) {
          if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown
          size = Math.floor(size / 2)
        }
      }
    } finally {
      closeSync(file)
    }
  }

  /** Gives back what `fill` took. */
  free(): void {
    rmSync(this.#filler, { force: true })
  }

  /** Lets the disk go, with everything on it. */
  async unmount(): Promise<void> {
    const gone = once(this.#holder, 'exit')
    this.#holder.stdin?.end()
    await gone
  }

  get #filler(): string {
    return join(this.outside, 'filler')
  }
}
