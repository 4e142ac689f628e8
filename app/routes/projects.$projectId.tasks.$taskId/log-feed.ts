import { plainLine } from './ansi.ts'

export type LogLine = { key: number; stream: string; text: string }
type Raw = { seq: number; stream: string; text: string }

/** More lines than these are not kept in the page; the oldest go. */
export const KEPT = 100_000

/**
 * LOG-2: the lines of one process as they stand in the page. Lines told twice (a reconnect overlaps) count once; one told
 * piece may hold several lines; the oldest give way when there are too many.
 */
export class LogLines {
  lines: LogLine[] = []
  dropped = 0
  seq = 0
  private made = 0

  /** Takes what was told; answers whether anything was new. */
  take(told: readonly Raw[]): boolean {
    let isNew = false
    for (const { seq, stream, text } of told) {
      if (seq <= this.seq) continue
      this.seq = seq
      isNew = true
      const body = text.endsWith('\n') ? text.slice(0, -1) : text
      for (const line of body.split('\n')) this.lines.push({ key: this.made++, stream, text: plainLine(line) })
    }
    if (this.lines.length > KEPT * 1.1) {
      this.dropped += this.lines.length - KEPT
      this.lines = this.lines.slice(-KEPT)
    }
    return isNew
  }
}
