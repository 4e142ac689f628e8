import { Malformed, Reader } from './reader.ts'
import { KIND, kindAt, lengthAt, mayBeValue } from './value-kind.ts'

/** A stretch of one client's history that an update brings: clocks from `start` up to, not including, `end`. */
export type Range = { client: number; start: number; end: number }

/**
 * A value that an update puts under a key of a map. Only the first under a key says which (`name`), and in which row: what stands at the clock `besideClock`
 * of `beside`. The others say over what they are written, in the same words. `root`: it is itself a row, in the collection of that name. `length`: of a text, its letters.
 */
export type Value = {
  client: number
  clock: number
  root: string | null
  name: string | null
  beside: number
  besideClock: number
  kind: number
  length: number
}

/** What is known of an update without applying it. `values`: null where they were not looked at. */
export type UpdateShape = { ranges: Range[]; deletes: boolean; isEmpty: boolean; values: Value[] | null }

/** Clocks count edits; no real history comes near this. */
const MAX_CLOCK = 2 ** 40
const MAX_CLIENT = 2 ** 53 - 1
/** What is nested more deeply than this overflows somebody's stack, if not when it is read then when it is written again. */
const MAX_DEPTH = 100
/** A room of many years has tens of thousands. Whoever takes an update in looks at each of them. */
export const MAX_RANGES = 200_000

/**
 * Checks the structure of a Yjs update (format V1) in one pass over its bytes, allocating almost nothing, so that bytes
 * that would stall or break a decoder are refused before anybody decodes them. Throws `Malformed` with what is wrong.
 * That it passes says nothing about meaning; it says that every Yjs reads it to the end, and that none breaks on it when
 * it is put into a document.
 */
export function readUpdateShape(bytes: Uint8Array): UpdateShape {
  const reader = new Reader(bytes)
  const ranges: Range[] = []
  const values: Value[] = []
  // A client's section is at least its struct count, its id and its clock.
  const clients = reader.count(3)
  for (let at = 0; at < clients; at++) readClient(reader, ranges, values)
  const deletes = reader.count(2)
  for (let at = 0; at < deletes; at++) readDeletes(reader)
  if (reader.left > 0) throw new Malformed(`it has ${reader.left} bytes too many`)
  return { ranges, deletes: deletes > 0, isEmpty: clients === 0 && deletes === 0, values }
}

function readClient(reader: Reader, ranges: Range[], values: Value[]): void {
  const structs = reader.count(2)
  const client = readId(reader)
  let clock = readClock(reader)
  let start = clock
  for (let at = 0; at < structs; at++) {
    const info = reader.byte()
    if (info === 10) {
      // A gap: this update knows nothing of these clocks.
      if (clock > start) note(ranges, { client, start, end: clock })
      clock = start = advance(clock, reader.varUint())
    } else {
      clock = advance(clock, (info & 0x1f) === 0 ? reader.varUint() : readItem(reader, info, client, clock, values))
    }
  }
  if (clock > start) note(ranges, { client, start, end: clock })
}

function note(ranges: Range[], range: Range): void {
  if (ranges.length === MAX_RANGES) throw new Malformed('it speaks of too many clients')
  ranges.push(range)
}

function advance(clock: number, length: number): number {
  if (length < 1) throw new Malformed('a part of it has no length')
  if (clock + length > MAX_CLOCK) throw new Malformed('a clock is too large')
  return clock + length
}

function readDeletes(reader: Reader): void {
  readId(reader)
  const count = reader.count(2)
  for (let at = 0; at < count; at++) {
    const clock = readClock(reader)
    advance(clock, reader.varUint())
  }
}

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_SUB = 0x20

/** Reads one item of a client at a clock and answers how many clocks it takes. */
function readItem(reader: Reader, info: number, client: number, clock: number, values: Value[]): number {
  let beside = 0
  let besideClock = -1
  let name: string | null = null
  let root: string | null = null
  if (info & HAS_ORIGIN) {
    beside = readId(reader)
    besideClock = readClock(reader)
    refuseLater(beside, besideClock, client, clock)
  }
  if (info & HAS_RIGHT_ORIGIN) readPlace(reader, client, clock)
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    const named = reader.varUint()
    const hasKey = (info & HAS_PARENT_SUB) !== 0
    if (named > 1) throw new Malformed('a parent is of no known kind')
    if (named === 1) {
      if (hasKey) root = reader.string()
      else reader.skipText()
      if (hasKey) reader.skipText()
    } else {
      beside = readId(reader)
      besideClock = readClock(reader)
      refuseLater(beside, besideClock, client, clock)
      if (hasKey) name = reader.string()
    }
  }
  const content = info & 0x1f
  const at = reader.at
  const length = readContent(reader, content)
  if ((info & HAS_PARENT_SUB) !== 0 || ((info & HAS_ORIGIN) !== 0 && mayBeValue(content))) {
    const kind = kindAt(reader.bytes, at, content, length)
    values.push({ client, clock, root, name, beside, besideClock, kind, length: kind === KIND.text ? lengthAt(reader, at + 2) : 0 })
  }
  return length
}

/** Reads what an item stands beside or in. */
function readPlace(reader: Reader, client: number, clock: number): void {
  refuseLater(readId(reader), readClock(reader), client, clock)
}

/** Yjs waits for what another client has yet to bring; its own later words it takes for known, and breaks. */
function refuseLater(named: number, at: number, client: number, clock: number): void {
  if (at >= clock && named === client) throw new Malformed('a part of it builds on a later one of its own client')
}

function readId(reader: Reader): number {
  const client = reader.varUint()
  if (client > MAX_CLIENT) throw new Malformed('a client id is too large')
  return client
}

function readClock(reader: Reader): number {
  const clock = reader.varUint()
  if (clock > MAX_CLOCK) throw new Malformed('a clock is too large')
  return clock
}

function readContent(reader: Reader, kind: number): number {
  switch (kind) {
    case 1: // deleted
      return reader.varUint()
    case 2: {
      // JSON, one text each
      const count = reader.count(1)
      for (let at = 0; at < count; at++) readJson(reader, true)
      return count
    }
    case 3: // binary
      reader.view()
      return 1
    case 4: // text
      return reader.skipText()
    case 5: // embed
      readJson(reader, false)
      return 1
    case 6: // format
      reader.skipText()
      readJson(reader, false)
      return 1
    case 7: // a type
      readType(reader)
      return 1
    case 8: {
      // any
      const count = reader.count(1)
      for (let at = 0; at < count; at++) readAny(reader, 0)
      return count
    }
    case 9: // a subdocument
      reader.skipText()
      if (reader.bytes[reader.at] !== OBJECT) throw new Malformed('a subdocument has no options')
      readAny(reader, 0)
      return 1
    default:
      throw new Malformed('a content is of no known kind')
  }
}

function readType(reader: Reader): void {
  const type = reader.varUint()
  if (type > 6) throw new Malformed('a type is of no known kind')
  // XML elements and hooks carry their name.
  if (type === 3 || type === 5) reader.skipText()
}

function readJson(reader: Reader, mayBeUndefined: boolean): void {
  const text = reader.string()
  if (mayBeUndefined && text === 'undefined') return
  refuseDeep(text)
  try {
    JSON.parse(text)
  } catch (cause) {
    throw new Malformed('a value is no JSON', { cause })
  }
}

/** Throws `Malformed` where brackets of JSON stand too deep in each other. */
export function refuseDeep(json: string): void {
  let depth = 0
  let inText = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === 0x22) inText = !inText
    else if (inText) at += code === 0x5c ? 1 : 0
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) throw new Malformed('a value is nested too deeply')
    } else if (code === 0x5d || code === 0x7d) depth--
  }
}

const OBJECT = 118

/** One value of lib0's `any`: its kind counts down from 127. */
function readAny(reader: Reader, depth: number): void {
  if (depth > MAX_DEPTH) throw new Malformed('a value is nested too deeply')
  switch (reader.byte()) {
    case 127: case 126: case 121: case 120: // undefined, null, false, true
      return
    case 125:
      return reader.skipVarInt()
    case 124:
      return reader.skip(4)
    case 123: case 122: // float64, bigint
      return reader.skip(8)
    case 119:
      return void reader.skipText()
    case OBJECT: {
      const count = reader.count(2)
      for (let at = 0; at < count; at++) {
        reader.skipText()
        readAny(reader, depth + 1)
      }
      return
    }
    case 117: {
      const count = reader.count(1)
      for (let at = 0; at < count; at++) readAny(reader, depth + 1)
      return
    }
    case 116:
      return void reader.view()
    default:
      throw new Malformed('a value is of no known kind')
  }
} // biome-ignore format: cases that belong together share a line
