import type { Dialect } from '../driver/frames.ts'
import { median, spread } from './statistics.ts'

const DIALECTS: readonly Dialect[] = ['slipway', 'relay', 'y-websocket', 'hocuspocus']

/** A number as people read it: three significant digits, thousands apart. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}

/** `0.24 ms` */
export const milliseconds = (value: number): string => `${number(value)} ms`

/** `1.30 ×` */
export const times = (value: number): string => (Number.isFinite(value) ? `${value.toFixed(2)} ×` : '–')

/** The middle of the rounds and, in brackets, how far they lay apart. */
export function middle(values: readonly number[], inWords: (value: number) => string = number): string {
  if (values.length === 0) return '–'
  if (values.length === 1) return inWords(median(values))
  const { low, high } = spread(values)
  return `${inWords(median(values))} (${number(low)}–${number(high)})`
}

/** The cells of a line out of what each server reached. */
export function cells(
  samples: Partial<Record<Dialect, readonly number[]>>,
  inWords?: (value: number) => string,
): Partial<Record<Dialect, string>> {
  return Object.fromEntries(DIALECTS.flatMap((dialect) => (samples[dialect]?.length ? [[dialect, middle(samples[dialect], inWords)]] : [])))
}
