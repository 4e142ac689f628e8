import type { DrawnLine, TokensByKey } from './diff-drawing.ts'

/** What the page says to the thread that draws differences. Files are numbers; a file is opened before anything is asked of it. */
export type ToDrawing =
  | { kind: 'open'; file: number; path: string; hunks: DrawnLine[][] }
  | { kind: 'draw'; file: number; id: number; keys: string[] }
  | { kind: 'close'; file: number }

/** Each `draw` is answered. */
export type FromDrawing = { id: number; tokens: TokensByKey }
