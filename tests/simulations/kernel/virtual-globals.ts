import { createRequire, syncBuiltinESMExports } from 'node:module'
import type { Kernel } from './kernel.ts'
import './real-time.ts'

/**
 * The clock, the dice and the timers of this whole process, ours and those of every library (y-websocket, y-protocols, ws,
 * pg), led through one kernel while a simulation runs, and as ever while none does. It stands among the setup files of the
 * tests, because libraries take hold of some of these functions when they are loaded.
 */
let kernel: Kernel | null = null

/** A virtual timer, with what Node's timers can do. */
class VirtualTimer {
  #off: () => void = () => undefined
  readonly #start: () => () => void

  constructor(start: () => () => void) {
    this.#start = start
    this.refresh()
  }

  refresh(): this {
    this.#off()
    this.#off = this.#start()
    return this
  }

  clear(): void {
    this.#off()
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  hasRef(): boolean {
    return true
  }
}

type Callback = (...args: unknown[]) => void

function once(of: Kernel, act: Callback, ms: number, args: readonly unknown[]): VirtualTimer {
  const process = of.current
  return new VirtualTimer(() => of.after(Math.max(ms || 0, 0), process, () => act(...args)))
}

function again(of: Kernel, act: Callback, ms: number, args: readonly unknown[]): VirtualTimer {
  const process = of.current
  return new VirtualTimer(() => {
    let off = (): void => undefined
    const next = (): void => {
      off = of.after(Math.max(ms || 0, 1), process, () => {
        next()
        act(...args)
      })
    }
    next()
    return () => off()
  })
}

type Timers = Record<string, (...args: never[]) => unknown>

/** Replaces a function by one that asks the kernel, while there is one. */
function lead(holder: object, name: string, virtual: (of: Kernel, real: Callback, ...args: never[]) => unknown): void {
  const real = ((holder as Timers)[name] as (...args: unknown[]) => unknown).bind(holder)
  const led = (...args: unknown[]): unknown => (kernel ? virtual(kernel, real as Callback, ...(args as never[])) : real(...args))
  Object.defineProperty(holder, name, { value: led, writable: true, configurable: true })
}

lead(globalThis, 'setTimeout', (of, _real, act: Callback, ms: number, ...args: unknown[]) => once(of, act, ms, args))
lead(globalThis, 'setInterval', (of, _real, act: Callback, ms: number, ...args: unknown[]) => again(of, act, ms, args))
lead(globalThis, 'setImmediate', (of, _real, act: Callback, ...args: unknown[]) => once(of, act, 0, args))
for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'])
  lead(globalThis, name, (_of, real, timer: unknown) => (timer instanceof VirtualTimer ? timer.clear() : real(timer)))
lead(Date, 'now', (of) => of.now + of.current.skew)
lead(performance, 'now', (of) => of.now - of.began)
lead(process.hrtime, 'bigint', (of) => BigInt(of.now - of.began) * 1_000_000n)
lead(Math, 'random', (of) => of.random())
lead(crypto, 'getRandomValues', (of, _real, into: ArrayBufferView) => {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(of.random() * 256)
  return into
})
lead(AbortSignal, 'timeout', (of, _real, ms: number) => {
  const control = new AbortController()
  once(of, () => control.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms, [])
  return control.signal
})

const timers = createRequire(import.meta.url)('node:timers/promises') as object
lead(timers, 'setTimeout', (of, _real, ms: number, value: unknown, options: { signal?: AbortSignal } = {}) => {
  const { signal } = options
  return new Promise((resolve, reject) => {
    const timer = once(of, () => resolve(value), ms, [])
    const stop = (): void => {
      timer.clear()
      reject(signal?.reason)
    }
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
})
syncBuiltinESMExports()

/**
 * No two simulations of one process share a stretch of time: uuid remembers the last one it saw. The longest play hours. What a month lay between ended after 2,800 in
 * the year 2255, from which on a thousand times the clock, where the logs' numbers begin, is no number JavaScript counts in.
 */
let latest = 1_750_000_000_000
const BETWEEN_MS = 24 * 3_600_000

/** A beginning later than every simulation before. */
export function nextBeginning(): number {
  return (latest += BETWEEN_MS)
}

/** Leads time and chance through this kernel until the answered function is called. `globals` are there meanwhile. */
export function enterVirtual(next: Kernel, globals: Readonly<Record<string, unknown>>): () => void {
  if (kernel) throw new Error('a simulation is running already')
  kernel = next
  const before = Object.entries(globals).map(([name]) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  // y-websocket leaves a listener for every socket that was not closed in order.
  const restore = [setAside('exit', false), setAside('uncaughtException', true), setAside('unhandledRejection', true)]
  const most = process.getMaxListeners()
  process.setMaxListeners(0)
  const failed = (reason: unknown): void => next.failed(reason)
  process.on('uncaughtException', failed)
  process.on('unhandledRejection', failed)
  return () => {
    kernel = null
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor)
      else Reflect.deleteProperty(globalThis, name)
    }
    for (const act of restore) act()
    process.setMaxListeners(most)
  }
}

type Listener = (...args: unknown[]) => void

/** Remembers who listens to an event of this process, and with `silent` takes them off. Answers what makes it as it was. */
function setAside(event: string, silent: boolean): () => void {
  const listening = process.rawListeners(event) as Listener[]
  if (silent) process.removeAllListeners(event)
  return () => {
    process.removeAllListeners(event)
    for (const listener of listening) process.on(event, listener)
  }
}

/** Does something with the real clock and the real dice, so that what it asks of them changes nothing in the simulation. */
export function outside<T>(act: () => T): T {
  const inside = kernel
  kernel = null
  const back = (): void => {
    kernel = inside
  }
  let value: T
  try {
    value = act()
  } catch (thrown) {
    back()
    throw thrown
  }
  if (value instanceof Promise) return value.finally(back) as T
  back()
  return value
}
