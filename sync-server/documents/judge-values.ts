import * as Y from 'yjs'
import { breachOf } from '#domain/core/breach.ts'
import type { Collection } from '#domain/core/collection.ts'
import { collectionsIn } from '#domain/projection/project.ts'

/** Where a value stands: in a field of a collection, or (null) as a row of it. */
export type Placed = { client: number; clock: number; collection: string; field: string | null }
/** A field whose schema does not take what an update writes into it, and why; or where the values of the update stand. */
export type Judged = { field: string; message: string } | { placed: Placed[] }

/** Who asks learns the places of so many values. */
const MOST_TOLD = 500

/** Where a value stands: in a row's field, or as a row. */
type Place = { collection: Collection; field: string | null }
type Struct = Y.Item | Y.GC | { id: Y.ID; length: number }

/**
 * Holds the values that an update brings against the schemas of the fields they are to stand in. The document need not have the update, and is left as it
 * is. A value whose place cannot be found stands in no row that anybody reads.
 */
export function judgeValues(doc: Y.Doc, room: string, update: Uint8Array): Judged {
  const { structs } = Y.decodeUpdate(update) as { structs: Struct[] }
  const own = new Map<number, Struct[]>()
  for (const struct of structs) {
    const ofClient = own.get(struct.id.client)
    if (ofClient) ofClient.push(struct)
    else own.set(struct.id.client, [struct])
  }
  const names = new Map(collectionsIn(room).map((collection) => [collection.name, collection]))
  const places = new Map<Struct, Place | null>()

  const itemAt = (id: Y.ID): Struct | null => covering(own.get(id.client) ?? [], id.clock) ?? stored(doc, id)
  const placeOf = (struct: Struct | null): Place | null => {
    // Values written over each other in one update are as many as there are: no recursion.
    const chain: Struct[] = []
    let at = struct
    while (at instanceof Y.Item && !places.has(at) && at.parent === null) {
      const beside = at.origin ?? at.rightOrigin
      chain.push(at)
      at = beside && itemAt(beside)
    }
    const found = at === null ? null : (places.get(at) ?? (at instanceof Y.Item ? named(at) : null))
    if (at) places.set(at, found)
    for (const each of chain) places.set(each, found)
    return found
  }
  const named = (item: Y.Item): Place | null => {
    const { parent, parentSub } = item as { parent: unknown; parentSub: string | null }
    if (parentSub === null) return null
    if (typeof parent === 'string') return ofRoot(names.get(parent))
    if (parent instanceof Y.ID) return inRow(placeOf(itemAt(parent)), parentSub)
    if (!(parent instanceof Y.AbstractType)) return null
    if (parent._item) return inRow(placeOf(parent._item), parentSub)
    return ofRoot([...names.values()].find(({ name }) => doc.share.get(name) === parent))
  }

  const placed: Placed[] = []
  for (const struct of structs) {
    const place = struct instanceof Y.Item ? placeOf(struct) : null
    if (!(struct instanceof Y.Item) || !place) continue
    const { collection, field } = place
    const message = field === null ? null : breachOf(collection, field, shownOf(struct))
    if (field !== null && message !== null) return { field, message }
    if (placed.length < MOST_TOLD) placed.push({ ...struct.id, collection: collection.name, field })
  }
  return { placed }
}

/** Of one client's structs, which stand in the order of their clocks, the one that has this clock. */
function covering(structs: readonly Struct[], clock: number): Struct | undefined {
  let [from, to] = [0, structs.length]
  while (to - from > 1) {
    const middle = (from + to) >> 1
    if ((structs[middle]?.id.clock ?? 0) <= clock) from = middle
    else to = middle
  }
  const struct = structs[from]
  return struct && struct.id.clock <= clock && clock < struct.id.clock + struct.length ? struct : undefined
}

const ofRoot = (collection: Collection | undefined): Place | null => (collection ? { collection, field: null } : null)
const inRow = (row: Place | null, field: string): Place | null => (row && row.field === null ? { ...row, field } : null)

/** The last of what an item holds is what its map shows. */
function shownOf({ content }: Y.Item): unknown {
  return content instanceof Y.ContentDeleted ? undefined : content instanceof Y.ContentType ? content.type : content.getContent().at(-1)
}

function stored(doc: Y.Doc, id: Y.ID): Y.Item | Y.GC | null {
  return id.clock < Y.getState(doc.store, id.client) ? Y.getItem(doc.store, id) : null
}
