import type { Driver } from '../driver/driver.ts'
import type { Dialect } from '../driver/frames.ts'
import type { Settings } from '../settings.ts'

/** What a row has at hand. */
export type Bench = {
  settings: Settings
  driver: Driver
  /** An empty folder of the row's own, gone when the bench ends. */
  folder: string
  /** Tells the person waiting what goes on. */
  say: (sentence: string) => void
}

/** One line of the table. */
export type Line = {
  what: string
  budget: string
  /** What each server reached, in words. A row of the browser has only this product's. */
  cells: Partial<Record<Dialect, string>>
  /** Against the relay, where that means something. */
  ratio: string
  /** Within the budget; null where nothing was measured. */
  ok: boolean | null
  notes: string[]
}

/** A measurement one can ask for by name. */
export type Row = { name: string; what: string; needsNoPeer?: true; run: (bench: Bench) => Promise<Line[]> }
