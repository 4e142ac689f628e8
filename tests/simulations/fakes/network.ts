import { Duplex } from 'node:stream'
import type { Kernel, Process } from '../kernel/kernel.ts'

/** The way between two machines: how slow it is, and whether anything gets through. */
type Link = { least: number; most: number; isHeld: boolean; waiting: (() => void)[]; ends: Set<End> }

/** `from`: the machine that called. */
type Accept = (end: End, path: string, from: string) => void
type Door = { process: Process; accept: Accept }

/** How long a machine tries to reach another, and after how long it tries for the second time; each time it waits twice as long, as TCP does. */
const DIAL_MS = 20_000
const DIAL_AGAIN_MS = 1_000

/** Connections between machines, as TCP keeps them: in order within one, in any order between two, cut or silent at any moment. */
export class Network {
  readonly kernel: Kernel
  readonly #links = new Map<string, Link>()
  readonly #doors = new Map<string, Door[]>()

  constructor(kernel: Kernel) {
    this.kernel = kernel
  }

  /** How long a message takes between these two machines, at least and at most. */
  setDelay(one: string, other: string, least: number, most: number): void {
    Object.assign(this.link(one, other), { least, most })
  }

  /** Takes calls for a machine from now on, until its process dies. Where several do, a call reaches any of them. */
  listen(machine: string, process: Process, accept: Accept): void {
    this.#doors.set(machine, [...this.#openDoors(machine), { process, accept }])
  }

  #openDoors(machine: string): Door[] {
    return (this.#doors.get(machine) ?? []).filter(({ process }) => process.isAlive)
  }

  /** Calls a machine. `done` gets this side's end, or null where nobody answers. Answers what calls it off. */
  dial(from: string, process: Process, to: string, path: string, done: (end: End | null) => void): () => void {
    const link = this.link(from, to)
    const until = this.kernel.now + DIAL_MS
    let isOff = false
    let again = DIAL_AGAIN_MS
    const answer = (end: End | null): void =>
      void this.kernel.after(this.#delay(link), process, () => {
        if (isOff) end?.destroy()
        // It may be broken before this side hears that it is there.
        else done(end?.destroyed ? null : end)
      })
    const knock = (): void => {
      if (isOff) return
      const doors = this.#openDoors(to)
      const door = doors.length > 1 ? doors[this.kernel.between(0, doors.length - 1)] : doors[0]
      if (link.isHeld) {
        if (this.kernel.now >= until) answer(null)
        else this.kernel.after(again, process, knock)
        again *= 2
        return
      }
      if (!door) return answer(null)
      const [near, far] = this.#pair(link, process, door.process)
      this.kernel.after(0, door.process, () => door.accept(far, path, from))
      answer(near)
    }
    this.kernel.after(this.#delay(link), process, knock)
    return () => {
      isOff = true
    }
  }

  /** Nothing gets through between the two until `heal`; nobody is told. */
  partition(one: string, other: string): void {
    this.kernel.note('partition', one, other)
    this.link(one, other).isHeld = true
  }

  /** What was held comes through now. */
  heal(one: string, other: string): void {
    const link = this.link(one, other)
    if (!link.isHeld) return
    this.kernel.note('heal', one, other)
    link.isHeld = false
    for (const act of link.waiting.splice(0)) act()
  }

  healAll(): void {
    for (const key of this.#links.keys()) {
      const [one = '', other = ''] = key.split(' ')
      this.heal(one, other)
    }
  }

  /** Breaks connections between the two: both sides learn of it, each in its time. `pick` chooses one; without it all break. */
  cut(one: string, other: string, pick?: number): void {
    const link = this.link(one, other)
    for (const end of this.#chosen(link, pick)) {
      this.kernel.note('cut', one, other)
      for (const side of [end, end.peer]) this.kernel.after(this.#delay(link), side.process, () => side.break())
    }
  }

  /** Makes a connection half-open: nothing comes through any more and nobody is told. */
  silence(one: string, other: string, pick: number, which: 'both' | 'near' | 'far'): void {
    for (const end of this.#chosen(this.link(one, other), pick)) {
      this.kernel.note('silence', one, other, which)
      if (which !== 'far') end.isDeaf = true
      if (which !== 'near') end.peer.isDeaf = true
    }
  }

  link(one: string, other: string): Link {
    const key = [one, other].sort().join(' ')
    const known = this.#links.get(key)
    if (known) return known
    const link: Link = { least: 1, most: 30, isHeld: false, waiting: [], ends: new Set() }
    this.#links.set(key, link)
    return link
  }

  #chosen(link: Link, pick: number | undefined): End[] {
    const open = [...link.ends]
    if (pick === undefined) return open
    const one = open[pick % Math.max(1, open.length)]
    return one ? [one] : []
  }

  #delay(link: Link): number {
    return this.kernel.between(link.least, link.most)
  }

  #pair(link: Link, near: Process, far: Process): [End, End] {
    const one = new End(this.kernel, link, near)
    const other = new End(this.kernel, link, far)
    one.peer = other
    other.peer = one
    link.ends.add(one)
    return [one, other]
  }
}

type Parcel = Buffer | 'end' | 'reset'

/** One side of a connection: a stream of bytes. */
export class End extends Duplex {
  peer: End = this
  /** Nothing reaches this side any more. */
  isDeaf = false
  readonly process: Process
  readonly #kernel: Kernel
  readonly #link: Link
  /** When what was sent last arrives over there. */
  #arrival = 0
  #isTold = false
  /** How many parcels that were held are on their way again: what was sent later stays behind them. */
  #late = 0

  constructor(kernel: Kernel, link: Link, process: Process) {
    super({ allowHalfOpen: false })
    this.#kernel = kernel
    this.#link = link
    this.process = process
    this.on('error', () => undefined)
    // The machine closes what a dead process had open.
    process.onDeath.push(() => this.#tell('reset'))
  }

  /** The connection is gone, as this side learns it. */
  break(): void {
    this.#isTold = true
    this.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))
  }

  override _read(): void {}

  override _write(bytes: Uint8Array, _encoding: string, done: () => void): void {
    this.#send(Buffer.from(bytes))
    done()
  }

  override _writev(parts: { chunk: Uint8Array }[], done: () => void): void {
    this.#send(Buffer.concat(parts.map(({ chunk }) => chunk)))
    done()
  }

  override _final(done: () => void): void {
    this.#tell('end')
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#link.ends.delete(this)
    this.#tell('reset')
    done(error)
  }

  #tell(what: 'end' | 'reset'): void {
    if (this.#isTold) return
    this.#isTold = true
    this.#send(what)
  }

  #send(parcel: Parcel): void {
    const { least, most } = this.#link
    this.#arrival = Math.max(this.#arrival, this.#kernel.now + this.#kernel.between(least, most))
    this.#kernel.after(this.#arrival - this.#kernel.now, this.peer.process, () => this.peer.#arrive(parcel))
  }

  #arrive(parcel: Parcel): void {
    // What is held keeps its place: it is let go in this order.
    if (this.#late > 0) return this.#arriveLate(parcel)
    if (this.#link.isHeld) return void this.#link.waiting.push(() => this.#arriveLate(parcel))
    this.#take(parcel)
  }

  #arriveLate(parcel: Parcel): void {
    this.#late++
    this.#kernel.after(this.#link.least, this.process, () => {
      this.#late--
      if (this.#link.isHeld) this.#link.waiting.push(() => this.#arriveLate(parcel))
      else this.#take(parcel)
    })
  }

  #take(parcel: Parcel): void {
    if (this.isDeaf || this.destroyed) return
    // Checksums of what holds the time of day are not of one length in every run.
    if (this.process.name !== 'postgres') this.#kernel.note(this.process.name, 'hears', typeof parcel === 'string' ? parcel : parcel.length)
    if (parcel === 'reset') this.break()
    else this.push(parcel === 'end' ? null : parcel)
  }
}

/** What `pg` wants of a stream it dials itself. */
export class DialingEnd extends Duplex {
  readonly #dial: (done: (end: End | null) => void) => void
  #end: End | null = null

  constructor(dial: (done: (end: End | null) => void) => void) {
    super({ allowHalfOpen: false })
    this.#dial = dial
  }

  connect(): void {
    this.#dial((end) => {
      if (!end || this.destroyed) {
        end?.destroy()
        this.destroy(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
        return
      }
      this.#end = end
      end.on('data', (bytes: Buffer) => this.push(bytes))
      end.on('end', () => this.push(null))
      end.on('error', (error: Error) => this.destroy(error))
      end.on('close', () => this.destroy())
      this.emit('connect')
    })
  }

  override _read(): void {}

  override _write(bytes: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.#end) this.#end.write(bytes)
    done()
  }

  override _final(done: () => void): void {
    this.#end?.end()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#end?.destroy()
    done(error)
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }
}
