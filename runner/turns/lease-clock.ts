/**
 * LEASE-1: when the server last answered for a turn, in memory two threads share: the renewing thread writes, the working thread reads
 * at the moment it is about to change something. Two clocks are kept, because one stands still while a machine
 * sleeps and the other can be set by hand: whichever says it is longer ago counts.
 */
export class LeaseClock {
  readonly memory: SharedArrayBuffer
  private readonly cells: BigInt64Array

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(24)) {
    this.memory = memory
    this.cells = new BigInt64Array(memory)
  }

  /** Notes that a call sent at these times was answered. */
  answered(wall: number, steady: number): void {
    Atomics.store(this.cells, 0, BigInt(Math.round(wall)))
    Atomics.store(this.cells, 1, BigInt(Math.round(steady)))
  }

  /** Notes that the lease is another's. */
  lost(): void {
    Atomics.store(this.cells, 2, 1n)
  }

  /** True while the lease is surely held. */
  isHeld(wall: number, steady: number, giveUpMs: number): boolean {
    if (Atomics.load(this.cells, 2) === 1n) return false
    return wall - Number(Atomics.load(this.cells, 0)) < giveUpMs && steady - Number(Atomics.load(this.cells, 1)) < giveUpMs
  }
}

/** LEASE-2: a runner that got no answer for this long stops by itself, well before the server gives the turn away. */
export const GIVE_UP_MS = 45_000
/** How often the renewing thread asks: often enough that a cancelled run stops within seconds. */
export const ASK_MS = 3_000

/** Milliseconds of a clock that nobody can set. */
export const steadyNow = (): number => Number(process.hrtime.bigint() / 1_000_000n)
