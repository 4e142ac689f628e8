import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** How large a piece gets, in bytes: an eighth of what a server takes. What it took is durable and is not sent again when the line breaks. */
const PIECE = 1024 * 1024
/** How long an update is that has neither structs nor deletions. */
export const EMPTY = 2

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]
type Id = { client: number; clock: number }
/** What one client inserted, in the order of its clock. */
type Line = { structs: Struct[]; next: number }

/**
 * An update as several of about `most` bytes, to be applied in this order; as it is where it is no larger. Each builds only on those
 * before it, so a document that has some of them waits for none of the others. Deletions come last. What was inserted at once is
 * not cut: a piece that is nothing else may be larger.
 */
export function inPieces(update: Uint8Array, most = PIECE): Uint8Array[] {
  if (update.length <= most) return [update]
  const { structs } = Y.decodeUpdate(update)
  const pieces: Uint8Array[] = []
  const ends = new Map<number, number>()
  let piece = new Piece()
  for (const struct of inOrder(structs)) {
    const bytes = written(struct)
    if (!piece.takes(struct, most - bytes.length)) {
      pieces.push(piece.encode())
      piece = new Piece()
    }
    piece.add(struct, bytes)
    ends.set(struct.id.client, struct.id.clock + struct.length)
  }
  if (ends.size === 0) return [update]
  pieces.push(piece.encode())
  const deletions = Y.diffUpdate(update, Y.encodeStateVector(ends))
  return deletions.length > EMPTY ? [...pieces, deletions] : pieces
}

/** Structs, each after those that it stands beside or in. */
function* inOrder(structs: readonly Struct[]): Generator<Struct> {
  const lines = new Map<number, Line>()
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue
    const line = lines.get(struct.id.client)
    if (line) line.structs.push(struct)
    else lines.set(struct.id.client, { structs: [struct], next: 0 })
  }
  for (const first of lines.keys()) {
    /** Clients whose next struct is wanted; the last one by the one before it. */
    const wanted = [first]
    for (let client = wanted.at(-1); client !== undefined; client = wanted.at(-1)) {
      const line = lines.get(client)
      const struct = line?.structs[line.next]
      const other = struct && idsNamedBy(struct).find((id) => !wanted.includes(id.client) && isToCome(lines.get(id.client), id))
      if (other) {
        wanted.push(other.client)
        continue
      }
      if (line && struct) {
        line.next++
        yield struct
      }
      if (!struct || wanted.length > 1) wanted.pop()
    }
  }
}

function isToCome(line: Line | undefined, { clock }: Id): boolean {
  const next = line?.structs[line.next]
  return next !== undefined && next.id.clock <= clock
}

function idsNamedBy(struct: Struct): Id[] {
  if (!(struct instanceof Y.Item)) return []
  return [struct.origin, struct.rightOrigin, struct.parent].filter((one) => one instanceof Y.ID)
}

function written(struct: Struct): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  struct.write(encoder, 0)
  return encoding.toUint8Array(encoder.restEncoder)
}

/** Structs that go together, as an update lists them: the clients' one after the other, each without a gap. */
class Piece {
  readonly #runs = new Map<number, { clock: number; end: number; structs: Uint8Array[] }>()
  #size = 0

  /** Whether a struct may come into it while there is so much room: it continues what its client has here. An empty one takes any. */
  takes({ id }: Struct, room: number): boolean {
    const run = this.#runs.get(id.client)
    return this.#size === 0 || (this.#size <= room && (!run || run.end === id.clock))
  }

  add({ id, length }: Struct, bytes: Uint8Array): void {
    const run = this.#runs.get(id.client) ?? { clock: id.clock, end: id.clock, structs: [] }
    run.structs.push(bytes)
    run.end += length
    this.#runs.set(id.client, run)
    this.#size += bytes.length
  }

  /** As Yjs writes it (version 1): larger clients first, and no deletions. */
  encode(): Uint8Array {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, this.#runs.size)
    for (const [client, { clock, structs }] of [...this.#runs].sort(([a], [b]) => b - a)) {
      encoding.writeVarUint(encoder, structs.length)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      for (const bytes of structs) encoding.writeUint8Array(encoder, bytes)
    }
    encoding.writeVarUint(encoder, 0)
    return encoding.toUint8Array(encoder)
  }
}
