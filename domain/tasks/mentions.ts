/** Somebody who can be mentioned. */
export type Named = { id: string; name: string }

/** A piece of a text: words, or an @name with the ids of those who go by it. */
export type Piece = { text: string; ids: readonly string[] }

/** Where a name can begin: not in an address or a path, and not after a backslash. */
const AT = /(?<![\p{L}\p{N}_/\\@])@/gu
/** Where it has ended: a dot ends a sentence, or goes on with a name. */
const ENDED = /^(?![\p{L}\p{N}_]|[.-][\p{L}\p{N}])/u
/** What Markdown shows as it is written. */
const CODE = /(`{3,}|~{3,})[\s\S]*?(?:\1|$)|(`+)(?!`)[\s\S]*?(?<!`)\2(?!`)/g

/** COMMENT-2: a text in pieces. Of names that begin alike the longest counts, in small letters or large; all who go by one name are meant. */
export function piecesOf(text: string, people: readonly Named[]): Piece[] {
  const longestFirst = [...people].filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length)
  const pieces: Piece[] = []
  let done = 0
  for (const { index } of text.matchAll(AT)) {
    const named = longestFirst.find(({ name }) => isNameAt(text, index + 1, name))
    if (!named || index < done) continue
    const end = index + 1 + named.name.length
    const ids = people.filter(({ name }) => isSame(name, named.name)).map(({ id }) => id)
    if (index > done) pieces.push({ text: text.slice(done, index), ids: [] })
    pieces.push({ text: text.slice(index, end), ids })
    done = end
  }
  if (done < text.length) pieces.push({ text: text.slice(done), ids: [] })
  return pieces
}

/** COMMENT-2: the ids of those whose @name stands in a comment, each once; in code it is no name. */
export function mentionedIn(body: string, people: readonly Named[]): string[] {
  const words = body.replace(CODE, ' ')
  return [...new Set(piecesOf(words, people).flatMap(({ ids }) => ids))]
}

const isNameAt = (text: string, at: number, name: string): boolean =>
  isSame(text.slice(at, at + name.length), name) && ENDED.test(text.slice(at + name.length))

const isSame = (a: string, b: string): boolean => a.length === b.length && a.toLowerCase() === b.toLowerCase()
