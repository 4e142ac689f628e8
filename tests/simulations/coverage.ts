import * as Y from 'yjs'

type Stretch = [start: number, end: number]

/** Which parts of everybody's history some updates hold, whether or not a document could show them yet. */
export class Coverage {
  readonly #structs = new Map<number, Stretch[]>()
  readonly #deletes = new Map<number, Stretch[]>()

  /** Takes note of an update. */
  add(update: Uint8Array): void {
    const { structs, ds } = Y.decodeUpdate(update)
    for (const struct of structs) {
      if (!(struct instanceof Y.Skip)) put(this.#structs, struct.id.client, struct.id.clock, struct.id.clock + struct.length)
    }
    for (const [client, items] of ds.clients) for (const { clock, len } of items) put(this.#deletes, client, clock, clock + len)
  }

  /** What of this update is missing here, in words; null where nothing is. */
  lacks(update: Uint8Array): string | null {
    const { structs, ds } = Y.decodeUpdate(update)
    for (const { id, length } of structs) {
      if (!has(this.#structs, id.client, id.clock, id.clock + length))
        return `what client ${id.client} wrote at ${id.clock} (${length} long)`
    }
    for (const [client, items] of ds.clients) {
      for (const { clock, len } of items)
        if (!has(this.#deletes, client, clock, clock + len)) return `that client ${client}'s ${clock} (${len} long) was deleted`
    }
    return null
  }
}

function put(all: Map<number, Stretch[]>, client: number, start: number, end: number): void {
  const merged: Stretch = [start, end]
  const apart: Stretch[] = []
  for (const one of all.get(client) ?? []) {
    if (one[1] < merged[0] || one[0] > merged[1]) apart.push(one)
    else {
      merged[0] = Math.min(merged[0], one[0])
      merged[1] = Math.max(merged[1], one[1])
    }
  }
  all.set(client, [...apart, merged])
}

function has(all: ReadonlyMap<number, readonly Stretch[]>, client: number, start: number, end: number): boolean {
  return (all.get(client) ?? []).some(([from, to]) => from <= start && end <= to)
}
