/** What a provider charges for a million tokens read and written, in US dollars; null: nobody said. */
export type Price = { inputPrice: number | null; outputPrice: number | null }

const MILLION = 1_000_000

/**
 * PRICE-1: what a request cost, in US dollars, at the full price of its model; null where that is not known: then it is not nothing. What a provider takes off for
 * text it had read before is not known here, so it may have cost less.
 */
export function costOf(
  price: Price | null,
  { promptTokens, completionTokens }: { promptTokens: number; completionTokens: number },
): number | null {
  if (!price) return null
  const read = partOf(promptTokens, price.inputPrice)
  const written = partOf(completionTokens, price.outputPrice)
  return read === null || written === null ? null : (read + written) / MILLION
}

const partOf = (tokens: number, price: number | null): number | null => (tokens === 0 ? 0 : price === null ? null : tokens * price)

/** Sums what is known; null where nothing is. */
export function sumOfCosts(costs: readonly (number | null)[]): number | null {
  const known = costs.filter((cost) => cost !== null)
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0)
}
