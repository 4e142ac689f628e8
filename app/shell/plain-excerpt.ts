/** Marks of Markdown, and what is left of each; links that the excerpt cut off too. Lines are not to be told any more, so a dash, a star and a > stay: they may be of a sum. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/<!--.*?(?:-->|$)|^[^<]*?-->/g, ' '],
  [/!?\[([^\][]*)\]\([^()]*(?:\)|$)/g, '$1'],
  [/^([^\][\s]*)\]\([^()\s]*\)/, '$1'],
  [/(?<=^|\s)-?\s?\[[ xX]\]\s/g, ' '],
  [/(?<=^|\s)#{1,6}\s/g, ' '],
  [/`{3,}\w*/g, ' '],
  [/`+|\*\*|~~/g, ''],
  [/(?<![\p{L}\p{N}*\\])\*([^\s*](?:[^*]*[^\s*\\])?)\*(?![\p{L}\p{N}*])/gu, '$1'],
  [/(?<![\p{L}\p{N}_\\])_([^\s_](?:[^_]*[^\s_\\])?)_(?![\p{L}\p{N}_])/gu, '$1'],
  [/\\([!-/:-@[-`{-~])/g, '$1'],
]

/** FIND-4: the words around what was found, without their marks. A mark that one of the words looked for stands in is left as it is. */
export function plainExcerpt(text: string, words: readonly string[]): string {
  const has = (part: string, word: string): boolean => part.toLowerCase().includes(word.toLowerCase())
  let plain = text
  for (const [mark, rest] of MARKS) {
    const next = plain.replace(mark, rest)
    if (words.every((word) => !has(plain, word) || has(next, word))) plain = next
  }
  return plain.replace(/\s+/g, ' ').trim()
}
