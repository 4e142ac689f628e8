import * as Y from 'yjs'

const HASHES = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g

/** Every SHA-256 that stands in a text: what may name a file. */
export const hashesIn = (text: string): string[] => text.match(HASHES) ?? []

/**
 * PICTURE-8: the files a document names: in every row and field, declared or not, also where a text was typed in pieces, and in what waits for
 * updates that are not there yet.
 */
export function namesIn(updates: readonly Uint8Array[]): string[] {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const { pendingStructs } = doc.store
  const texts = [...doc.share.values()].flatMap((type) => [...textsOf(type)])
  if (pendingStructs) texts.push(Buffer.from(pendingStructs.update).toString('latin1'))
  doc.destroy()
  return [...new Set(texts.flatMap(hashesIn))]
}

// biome-ignore lint/suspicious/noExplicitAny: as the library names a type of any kind
type AnyType = Y.AbstractType<any>

// Of types this version does not know the library shows nothing, so what they hold is read from its own list.
function* textsOf(type: AnyType): Generator<string> {
  let text = ''
  for (let item = type._start; item; item = item.right) {
    if (item.deleted || item.content instanceof Y.ContentFormat) continue
    if (item.content instanceof Y.ContentString) text += item.content.str
    else {
      yield text
      text = ''
      yield* textsIn(item.content)
    }
  }
  yield text
  for (const item of type._map.values()) if (!item.deleted) yield* textsIn(item.content)
}

function* textsIn(content: Y.Item['content']): Generator<string> {
  if (content instanceof Y.ContentType) yield* textsOf(content.type)
  else if (content instanceof Y.ContentDoc) return
  else yield JSON.stringify(content.getContent())
}
