const number = new Intl.NumberFormat('en')

export type Context = { contextUsed: number | null; contextLimit: number | null; contextLeftOut: number }

/**
 * SESSION-1: how full a conversation is, in words, and which part of the limit it is (0 to 1); without a limit only what is used, and null for an agent
 * that keeps no count.
 */
export function sayContext({ contextUsed: used, contextLimit: limit, contextLeftOut: leftOut }: Context) {
  if (used === null) return null
  const tokens = limit === null ? `${number.format(used)} tokens` : `${number.format(used)} of ${number.format(limit)} tokens`
  const gone = leftOut === 0 ? '' : leftOut === 1 ? 'one older result left out' : `${number.format(leftOut)} older results left out`
  return { tokens, gone, part: limit === null ? null : Math.min(1, used / limit) }
}
