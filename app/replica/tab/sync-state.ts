import { type LeaderStatus, type RowRef, STARTING, type Waiting } from '../protocol.ts'
import type { HeldPictures, SyncView } from '../shown.ts'
import { sayDevice } from './say-device.ts'
import { Signal } from './signal.ts'

export type Facts = {
  status: LeaderStatus
  /** Local changes the leader has and the server has not acknowledged. */
  waiting: number
  /** Changes of this tab the leader has not yet put on the disk. */
  unkept: number
  /** Pictures and files, which go their own way to the server. */
  pictures: HeldPictures
  /** False until the leader has said what waits: before that nobody here knows whether anything does. */
  isKnown: boolean
  /** Another tab's worker, of another version, leads. */
  isOutdated: boolean
  /** Why what is kept here cannot be read, and what helps; null while it can. */
  unreadable: string | null
  /** Since when the server is away; null: it is not, or nobody knows yet. */
  lostAt: number | null
}

/** The honest state in words. Of changes no number is said: what can be counted here is updates, one a keystroke. `on the server` means: the server acknowledged every change this browser knows of, and has every picture and file. */
export function describeSync({ status, waiting, unkept, pictures, isKnown, isOutdated, unreadable, lostAt }: Facts): SyncView {
  const { trouble } = status
  const connection = status.starting && status.connection === 'offline' ? 'connecting' : status.connection
  const view = (state: SyncView['state'], sentence: string): SyncView => ({
    state,
    connection,
    waiting: waiting + unkept + pictures.waiting,
    pictures: pictures.waiting,
    trouble,
    coming: status.coming,
    lostAt,
    device: sayDevice(status, isOutdated, unreadable),
    sentence: trouble ? `${sentence} ${trouble}` : sentence,
  })
  const isKept = status.storage === 'kept'
  const news = `new changes are ${isKept ? '' : 'not '}kept on this device.`
  if (unkept > 0) {
    if (status.storage === 'failing')
      return view('not saved', 'Changes not saved: this device refuses to keep them. Free some space; it is tried again.')
    if (isKept) return view('not saved', 'Saving on this device…')
  }
  if (waiting + unkept > 0 && !isKept)
    return view('not saved', 'Changes not kept on this device, and not yet on the server. Leave the page open.')
  const both = [waiting > 0 && 'changes', pictures.waiting > 0 && files(pictures.waiting)].filter((words) => words !== false)
  if (both.length > 0) return view('on this device', `${capital(both.join(' and '))} kept on this device, ${reason(status)}`)
  if (!isKnown || !pictures.isKnown) return view('on this device', 'Looking at what this device has kept…')
  if (pictures.refused > 0)
    return view(
      'on this device',
      `${capital(files(pictures.refused))} kept on this device, and refused by the server: Settings, About says why.`,
    )
  if (trouble) return view('on the server', `Everything you wrote is on the server; ${news}`)
  if (connection === 'online') return view('on the server', 'Everything is on the server.')
  if (connection === 'refused')
    return view('on the server', status.reason || 'Everything you wrote is on the server; new changes wait until you sign in again.')
  if (connection === 'connecting') return view('on the server', 'Everything you wrote is on the server. Connecting…')
  return view('on the server', `Everything you wrote is on the server. You are offline; ${news}`)
}

const files = (count: number): string => (count === 1 ? 'one file' : `${count} files`)
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function reason(status: LeaderStatus): string {
  if (status.trouble) return 'not yet on the server.'
  if (status.connection === 'online') return 'on the way to the server.'
  if (status.starting) return 'connecting to the server.'
  if (status.connection === 'offline') return 'waiting for the server.'
  return status.reason ? `not on the server: ${status.reason}` : 'waiting until you sign in again.'
}

const NOTHING: ReadonlySet<string> = new Set()
/** Of a page that shows none. */
export const NO_PICTURES: HeldPictures = { isKnown: true, waiting: 0, refused: 0 }

/** What this tab knows of what is saved where. It changes with every edit at once, so that it never claims too much. */
export class SyncState {
  readonly view: Signal<SyncView>
  readonly unsaved = new Signal<ReadonlySet<string>>(NOTHING)
  readonly status = new Signal<LeaderStatus>(STARTING)
  readonly #waiting = new Map<number, Waiting>()
  readonly #unkept = new Set<readonly RowRef[]>()
  #pictures = NO_PICTURES
  #isKnown = false
  #isOutdated = false
  #unreadable: string | null = null
  #lostAt: number | null = null

  constructor() {
    this.view = new Signal(describeSync(this.#facts))
  }

  get #facts(): Facts {
    const [waiting, unkept] = [this.#waiting.size, this.#unkept.size]
    const [status, pictures] = [this.status.get(), this.#pictures]
    return {
      status,
      waiting,
      unkept,
      pictures,
      isKnown: this.#isKnown,
      isOutdated: this.#isOutdated,
      unreadable: this.#unreadable,
      lostAt: this.#lostAt,
    }
  }

  /** Whoever leads is of another version, or not any more. */
  setOutdated(isOutdated: boolean): void {
    this.#isOutdated = isOutdated
    this.#tell()
  }

  /** What is kept here cannot be read, or can again (null). */
  setUnreadable(sentence: string | null): void {
    this.#unreadable = sentence
    this.#tell()
  }

  /** What is held of pictures changed. */
  setPictures(pictures: HeldPictures): void {
    this.#pictures = pictures
    this.#tell()
  }

  setStatus(status: LeaderStatus): void {
    this.status.set(status)
    this.#lostAt = status.connection === 'offline' && !status.starting ? (this.#lostAt ?? Date.now()) : null
    this.#tell()
  }

  /** What waits, as a leader we just met has it. */
  reset(waiting: readonly Waiting[]): void {
    this.#isKnown = true
    this.#waiting.clear()
    for (const row of waiting) this.#waiting.set(row.n, row)
    this.#tell()
  }

  changeWaiting(added: readonly Waiting[], gone: readonly number[]): void {
    for (const row of added) this.#waiting.set(row.n, row)
    for (const n of gone) this.#waiting.delete(n)
    this.#tell()
  }

  /** This tab changed rows; call the answered function when the leader has them on the disk. */
  wrote(touched: readonly RowRef[]): () => void {
    this.#unkept.add(touched)
    this.#tell()
    return () => {
      this.#unkept.delete(touched)
      this.#tell()
    }
  }

  /** True once a leader has said what waits. */
  get isKnown(): boolean {
    return this.#isKnown
  }

  get hasUnkept(): boolean {
    return this.#unkept.size > 0
  }

  #tell(): void {
    const view = describeSync(this.#facts)
    const before = this.view.get()
    if (
      before.sentence !== view.sentence ||
      before.state !== view.state ||
      before.connection !== view.connection ||
      before.coming !== view.coming ||
      before.device?.sentence !== view.device?.sentence ||
      before.waiting !== view.waiting ||
      before.pictures !== view.pictures
    )
      this.view.set(view)
    const ids = new Set<string>()
    for (const row of this.#waiting.values()) for (const [, id] of row.touched) ids.add(id)
    for (const touched of this.#unkept) for (const [, id] of touched) ids.add(id)
    if (!sameIds(ids, this.unsaved.get())) this.unsaved.set(ids.size > 0 ? ids : NOTHING)
  }
}

function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false
  for (const id of a) if (!b.has(id)) return false
  return true
}
