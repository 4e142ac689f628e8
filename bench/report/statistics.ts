/** The middle of some numbers; of an even count the mean of the two middle ones. NaN where there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = rising(numbers)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2
}

/** The smallest number that at least `share` (0 to 1) of them do not exceed: the nearest-rank percentile, never an invented value. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = rising(numbers)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** The smallest and the largest, to show how far the runs lay apart. */
export function spread(numbers: readonly number[]): { low: number; high: number } {
  const sorted = rising(numbers)
  return { low: sorted[0] ?? Number.NaN, high: sorted.at(-1) ?? Number.NaN }
}

/**
 * The ratio of two things measured in turn: the median of the rounds' own ratios, so that a machine that slows down for a
 * while slows both sides of a pair. Rounds that only one of them has are left out.
 */
export function pairedRatio(of: readonly number[], to: readonly number[]): number {
  return median(of.slice(0, to.length).map((value, round) => value / (to[round] ?? Number.NaN)))
}

/** Whose turn it is, round by round: A B C, B C A, C A B …, so that nobody always goes first. */
export function turns<T>(those: readonly T[], rounds: number): T[][] {
  return Array.from({ length: rounds }, (_, round) => those.map((_, at) => those[(at + round) % those.length] as T))
}

const rising = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b)
