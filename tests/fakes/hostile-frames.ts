import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

type Dice = (below: number) => number
type Encoder = encoding.Encoder

/** What an attacker of a room knows: what he wrote so far, how far each client id reaches, and whose ids are not his. */
export type Known = { doc: Y.Doc; reach: Map<number, number>; others: readonly number[]; frames: Uint8Array[] }

/** One hostile message, by its kind. A `raw` one is bytes on the socket, not a message. */
export type Hostile = { kind: string; bytes: Uint8Array; raw?: boolean; update?: Uint8Array }

const write = (fill: (encoder: Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  fill(encoder)
  return encoding.toUint8Array(encoder)
}
const numbers = (encoder: Encoder, ...values: number[]): void => {
  for (const value of values) encoding.writeVarUint(encoder, value)
}
const framed = (update: Uint8Array, step = 2): Uint8Array =>
  write((encoder) => {
    numbers(encoder, 0, step)
    encoding.writeVarUint8Array(encoder, update)
  })
const awareness = (entries: readonly [client: number, clock: number, state: string][], count = entries.length): Uint8Array =>
  write((encoder) => {
    numbers(encoder, 1)
    encoding.writeVarUint8Array(
      encoder,
      write((inner) => {
        numbers(inner, count)
        for (const [client, clock, state] of entries) {
          numbers(inner, client, clock)
          encoding.writeVarString(inner, state)
        }
      }),
    )
  })

const HUGE = [2 ** 31 - 1, 2 ** 32 - 1, 2 ** 40, 2 ** 53 - 1] as const
const pick = <T>(dice: Dice, values: readonly T[]): T => values[dice(values.length)] as T

/** An edit as an honest client makes it. */
function honestEdit({ doc }: Known, dice: Dice): Uint8Array {
  const before = Y.encodeStateVector(doc)
  const text = doc.getText('theirs')
  const rows = doc.getMap<unknown>('rows')
  const choice = dice(4)
  if (choice === 0 && text.length > 3) text.delete(dice(text.length - 2), 1 + dice(2))
  else if (choice === 1) rows.set(`k${dice(20)}`, new Y.Map([['title', 'x'.repeat(dice(30))]]))
  else if (choice === 2) rows.set(`k${dice(20)}`, dice(1_000))
  else text.insert(dice(text.length + 1), 'words é😀'.slice(0, 1 + dice(6)))
  return Y.encodeStateAsUpdate(doc, before)
}

function content(encoder: Encoder, kind: number, dice: Dice): number {
  switch (kind) {
    case 1: {
      const length = dice(50) === 0 ? pick(dice, HUGE) : 1 + dice(3)
      numbers(encoder, length)
      return length
    }
    case 2:
      numbers(encoder, 1)
      encoding.writeVarString(encoder, pick(dice, ['1', '"a"', 'undefined', '{}', '{', '[[]]']))
      return 1
    case 3:
      encoding.writeVarUint8Array(encoder, new Uint8Array(dice(4)))
      return 1
    case 4: {
      const text = 'abc'.slice(0, 1 + dice(3))
      encoding.writeVarString(encoder, text)
      return text.length
    }
    case 5:
      encoding.writeVarString(encoder, pick(dice, ['{"a":1}', '7', '['.repeat(200) + ']'.repeat(200), 'x']))
      return 1
    case 6:
      encoding.writeVarString(encoder, pick(dice, ['bold', '__proto__', '']))
      encoding.writeVarString(encoder, pick(dice, ['true', 'null', '{}']))
      return 1
    case 7: {
      const type = dice(8)
      numbers(encoder, type)
      if (type === 3 || type === 5) encoding.writeVarString(encoder, 'p')
      return 1
    }
    case 8:
      numbers(encoder, 1)
      encoding.writeAny(encoder, pick(dice, [1, 'a', { a: 1 }, [1], null, undefined, true]) as never)
      return 1
    default:
      encoding.writeVarString(encoder, 'guid')
      encoding.writeAny(encoder, pick(dice, [{}, null, 1, { autoLoad: true }]) as never)
      return 1
  }
}

/** An update whose structure is right, mostly, and whose meaning is nobody's: parts in, before and after anything. */
function made({ reach }: Known, dice: Dice): Uint8Array {
  const clients = [1, 2, 3]
  const clockOf = (client: number): number => reach.get(client) ?? 0
  return write((encoder) => {
    const sections = 1 + dice(2)
    numbers(encoder, sections)
    for (let at = 0; at < sections; at++) {
      const client = pick(dice, clients)
      const structs = 1 + dice(4)
      let clock = Math.max(0, clockOf(client) + (dice(20) ? 0 : dice(4) - 2))
      numbers(encoder, structs, client, clock)
      for (let one = 0; one < structs; one++) {
        const kind = dice(12) === 0 ? 0 : dice(200) === 0 ? 10 : 1 + dice(9)
        if (kind === 0 || kind === 10) {
          const length = 1 + dice(3)
          encoding.writeUint8(encoder, kind)
          numbers(encoder, length)
          clock += length
          continue
        }
        const [left, right, sub] = [dice(3) === 0, dice(3) === 0, dice(3) === 0]
        const place = (): void => {
          const named = pick(dice, clients)
          numbers(encoder, named, dice(Math.max(1, (named === client ? clock : clockOf(named)) + (dice(8) ? 0 : 2))))
        }
        encoding.writeUint8(encoder, kind | (left ? 0x80 : 0) | (right ? 0x40 : 0) | (sub ? 0x20 : 0))
        if (left) place()
        if (right) place()
        if (!left && !right) {
          const isRoot = dice(3) > 0
          numbers(encoder, isRoot ? 1 : 0)
          if (isRoot) encoding.writeVarString(encoder, pick(dice, ['theirs', 'rows', 'nowhere']))
          else place()
          if (sub) encoding.writeVarString(encoder, `k${dice(3)}`)
        }
        clock += content(encoder, kind, dice)
      }
      // What is too large is not taken.
      if (clock < 2 ** 20) reach.set(client, Math.max(clockOf(client), clock))
    }
    const deletes = dice(3)
    numbers(encoder, deletes)
    for (let at = 0; at < deletes; at++) numbers(encoder, pick(dice, clients), 1, dice(40), 1 + dice(3))
  })
}

/** An update that goes on with somebody else's id: with nothing at all up to a huge clock, or with a part. */
function forged({ others, reach }: Known, dice: Dice): Uint8Array {
  const client = pick(dice, others)
  const start = Math.max(0, (reach.get(client) ?? 0) + pick(dice, [-3, 0, 0, 0, 5]))
  return write((encoder) => {
    numbers(encoder, 1, 1, client, start)
    if (dice(2)) {
      encoding.writeUint8(encoder, 0)
      numbers(encoder, 10 + pick(dice, [1, 5, 2 ** 32 - 1]))
    } else {
      encoding.writeUint8(encoder, 4)
      numbers(encoder, 1)
      encoding.writeVarString(encoder, 'theirs')
      encoding.writeVarString(encoder, 'a forged part')
    }
    numbers(encoder, 0)
  })
}

/** What takes longest to read for its size; most of it turns out to be wrong at the very end. */
function large(dice: Dice, size: number): Uint8Array {
  const one = (kind: number, fill: (encoder: Encoder) => void): Uint8Array =>
    write((encoder) => {
      numbers(encoder, 1, 1, 9_000_000 + dice(1_000_000), 0)
      encoding.writeUint8(encoder, kind)
      numbers(encoder, 1)
      encoding.writeVarString(encoder, 'theirs')
      fill(encoder)
      numbers(encoder, 0)
    })
  const bytes = (fill: number): Uint8Array => new Uint8Array(size).fill(fill)
  switch (dice(7)) {
    case 0:
      return one(5, (encoder) => encoding.writeVarString(encoder, `[${'[],'.repeat(size / 3)}0`))
    case 1:
      return one(5, (encoder) => encoding.writeVarString(encoder, '['.repeat(size)))
    case 2:
      return one(8, (encoder) => {
        numbers(encoder, size)
        encoding.writeUint8Array(encoder, bytes(126).fill(0, size - 1))
      })
    case 3:
      return write((encoder) => {
        numbers(encoder, size >> 2)
        for (let at = 0; at < size >> 2; at++) numbers(encoder, 1, 20_000 + at, 0, 0, 1)
        numbers(encoder, 0, 0)
      })
    case 4:
      return write((encoder) => {
        numbers(encoder, 1, size >> 2, 7, 0)
        for (let at = 0; at < size >> 3; at++) numbers(encoder, 0, 1, 10, 1)
        numbers(encoder, 0)
      })
    case 5:
      return write((encoder) => {
        numbers(encoder, 0, 1, 500, size >> 1)
        for (let at = 0; at < size >> 1; at++) numbers(encoder, 0, 1)
      })
    default:
      return bytes(dice(256))
  }
}

/** Bytes under the protocol of updates: what a WebSocket may not say, or says in pieces. */
function onTheWire(dice: Dice): Uint8Array {
  const mask = [1, 2, 3, 4]
  switch (dice(8)) {
    case 0: // a text
      return Uint8Array.of(0x81, 0x84, ...mask, 65 ^ 1, 66 ^ 2, 67 ^ 3, 68 ^ 4)
    case 1: // compressed, which was not agreed
      return Uint8Array.of(0xc2, 0x81, ...mask, 1)
    case 2: // an unknown opcode
      return Uint8Array.of(0x83 + dice(5), 0x80, ...mask)
    case 3: // not masked
      return Uint8Array.of(0x82, 2, 0, 0)
    case 4: // 2^63 bytes are to follow
      return Uint8Array.of(0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, ...mask)
    case 5: // a continuation of nothing
      return Uint8Array.of(0x80, 0x80, ...mask)
    case 6: // a hundred pieces of one byte, then the end
      return Uint8Array.of(
        ...[0x02, 0x80, ...mask],
        ...Array.from({ length: 100 }, () => [0x00, 0x81, ...mask, 3 ^ 1]).flat(),
        0x80,
        0x80,
        ...mask,
      )
    default: // a closing with a code nobody may send
      return Uint8Array.of(0x88, 0x82, ...mask, (1_005 >> 8) ^ 1, (1_005 & 255) ^ 2)
  }
}

function mutated({ frames }: Known, dice: Dice): Uint8Array {
  let bytes = (frames.length ? pick(dice, frames) : Uint8Array.of(0, 2, 2, 0, 0)).slice()
  for (let times = 1 + dice(3); times > 0; times--) {
    const at = dice(bytes.length || 1)
    const choice = dice(4)
    if (choice === 0) bytes = bytes.slice(0, at)
    else if (choice === 1) bytes = Uint8Array.of(...bytes.subarray(0, at), ...encodedHuge(dice), ...bytes.subarray(at))
    else if (bytes.length) bytes[at] = dice(256)
  }
  return bytes
}

const encodedHuge = (dice: Dice): Uint8Array => write((encoder) => numbers(encoder, pick(dice, HUGE)))

const state = (dice: Dice): string =>
  pick(dice, [
    'null',
    '{}',
    '{"user":{"name":"me"}}',
    '{',
    `{"user":{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}}`,
    `"${'x'.repeat(40_000)}"`,
    `{"user":{"a":[${'[],'.repeat(9_000)}0]}}`,
  ])

/** Kinds and how often each comes. */
const KINDS: readonly [kind: string, share: number, make: (known: Known, dice: Dice) => Omit<Hostile, 'kind'>][] = [
  ['honest', 24, (known, dice) => {
    const update = honestEdit(known, dice)
    const bytes = framed(update)
    known.frames.push(bytes)
    if (known.frames.length > 200) known.frames.shift()
    return { bytes, update }
  }],
  ['made', 24, (known, dice) => ({ bytes: framed(made(known, dice), 1 + dice(2)) })],
  ['mutated', 16, (known, dice) => ({ bytes: mutated(known, dice) })],
  ['forged', 12, (known, dice) => ({ bytes: framed(forged(known, dice), 1 + dice(2)) })],
  ['garbage', 8, (_known, dice) => ({ bytes: Uint8Array.from({ length: dice(40) }, (_, at) => (at === 0 ? dice(5) : dice(256))) })],
  ['presence', 6, ({ others }, dice) => ({ bytes: awareness([[dice(2) ? pick(dice, others) : dice(100), dice(1_000), state(dice)]], pick(dice, [1, 1, 1, 0, 200, 2 ** 32])) })],
  ['question', 5, (_known, dice) => ({ bytes: dice(2) ? Uint8Array.of(3) : framed(pick(dice, [Uint8Array.of(0), Uint8Array.of(1, 5, 3), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f), new Uint8Array(1), encodedHuge(dice)]), 0) })],
  ['wire', 4, (_known, dice) => ({ bytes: onTheWire(dice), raw: true })],
  ['large', 1, (_known, dice) => ({ bytes: framed(large(dice, pick(dice, [20_000, 31_000, 40_000, 100_000]))) })],
] // biome-ignore format: a kind a line

const SHARES = KINDS.reduce((sum, [, share]) => sum + share, 0)

/** The next hostile message. */
export function hostile(known: Known, dice: Dice): Hostile {
  let at = dice(SHARES)
  for (const [kind, share, make] of KINDS) {
    if (at < share) return { kind, ...make(known, dice) }
    at -= share
  }
  throw new Error('the shares do not add up')
}
