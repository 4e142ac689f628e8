import { generateKeyBetween, generateNKeysBetween } from 'jittered-fractional-indexing'

/**
 * A key that sorts strictly between two neighbours (null: the end of the list), with 30 random bits so that people who
 * drop at one spot at once get different keys. Keys compare as bytes (`text COLLATE "C"` in SQL, `compareOrder` here).
 * Neighbours that are no valid keys, or stand in the wrong order, count as absent.
 */
export function orderBetween(before: string | null, after: string | null, random: () => number): string {
  const [low, high] = validGap(before, after)
  return generateKeyBetween(low, high, { getRandomBit: () => random() < 0.5 })
}

/** `count` keys in rising order between two neighbours, each as `orderBetween` makes one. One after the other they would grow with their number. */
export function ordersBetween(before: string | null, after: string | null, count: number, random: () => number): string[] {
  if (count === 1) return [orderBetween(before, after, random)]
  const [low, high] = validGap(before, after)
  return generateNKeysBetween(low, high, count, { getRandomBit: () => random() < 0.5 })
}

function validGap(before: string | null, after: string | null): [string | null, string | null] {
  const low = before !== null && isOrder(before) ? before : null
  return [low, after !== null && isOrder(after) && (low === null || low < after) ? after : null]
}

/** The one order of a list: by key, then by id, so that equal keys never swap. */
export function compareOrder(a: { order: string; id: string }, b: { order: string; id: string }): number {
  return a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

const DIGITS = /^[A-Za-z][0-9A-Za-z]+$/

/** True when the key is one this scheme could have made; a foreign client may write anything. */
export function isOrder(key: string): boolean {
  if (!DIGITS.test(key)) return false
  try {
    generateKeyBetween(key, null, { jitterBits: 0 })
    return true
  } catch {
    return false
  }
}
