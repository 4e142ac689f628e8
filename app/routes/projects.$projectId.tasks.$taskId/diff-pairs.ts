export type Pair<T> = readonly [gone: T, come: T]

/** Lines with less than this in common are two lines, not two states of one. */
const LEAST_ALIKE = 0.4
/** From this many possible pairs on, only lines in the same place of their block are compared. */
const MOST_COMPARED = 2_500

/** What cannot be told apart any further: a word, white space, a sign, a picture made of several. */
const WORD = /[\p{L}\p{N}\p{M}_$]+|\s+|\p{Extended_Pictographic}(?:[\p{M}\p{Emoji_Modifier}]|\u200d\p{Extended_Pictographic})*|./gsu

/** A line as its words and what is between them: put together they are the line. */
export const wordsOf = (line: string): string[] => line.match(WORD) ?? []

/**
 * DIFF-5: which of the lines that were taken out became which of those put in, as places in their lists. Both run from top to bottom, and so does what is
 * paired: of all ways to do that, the one with the most in common.
 */
export function pairsOf(gone: readonly string[], come: readonly string[]): Pair<number>[] {
  if (gone.length * come.length > MOST_COMPARED) return inPlace(gone, come)
  const [before, after] = [gone.map(bagOf), come.map(bagOf)]
  const like = before.map((one) => after.map((other) => likeness(one, other)))
  // best[i][j]: what the lines from i and from j on can have in common.
  const best = Array.from({ length: gone.length + 1 }, () => new Array<number>(come.length + 1).fill(0))
  const of = (i: number, j: number): number => best[i]?.[j] ?? 0
  const paired = (i: number, j: number): number => {
    const alike = like[i]?.[j] ?? 0
    return alike >= LEAST_ALIKE ? alike + of(i + 1, j + 1) : -1
  }
  for (let i = gone.length - 1; i >= 0; i--)
    for (let j = come.length - 1; j >= 0; j--) (best[i] ?? [])[j] = Math.max(of(i + 1, j), of(i, j + 1), paired(i, j))
  const pairs: Pair<number>[] = []
  for (let i = 0, j = 0; i < gone.length && j < come.length; )
    if (of(i, j) === paired(i, j)) pairs.push([i++, j++])
    else if (of(i, j) === of(i + 1, j)) i++
    else j++
  return pairs
}

const inPlace = (gone: readonly string[], come: readonly string[]): Pair<number>[] =>
  gone.slice(0, come.length).flatMap((line, at) => (likeness(bagOf(line), bagOf(come[at] ?? '')) >= LEAST_ALIKE ? [[at, at] as const] : []))

type Bag = { weights: Map<string, number>; total: number }

/** The words of a line, each with how much of the line it is. */
function bagOf(line: string): Bag {
  const weights = new Map<string, number>()
  let total = 0
  for (const word of wordsOf(line)) {
    if (word.trim() === '') continue
    weights.set(word, (weights.get(word) ?? 0) + word.length)
    total += word.length
  }
  return { weights, total }
}

/** How much two lines have in common, from 0 to 1, wherever in them it stands. */
function likeness(one: Bag, other: Bag): number {
  if (one.total === 0 || other.total === 0) return 0
  let common = 0
  for (const [word, weight] of one.weights) common += Math.min(weight, other.weights.get(word) ?? 0)
  return (2 * common) / (one.total + other.total)
}
