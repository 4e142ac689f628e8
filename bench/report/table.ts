import type { Dialect } from '../driver/frames.ts'
import type { Line } from '../rows/row.ts'

const COLUMNS: readonly (readonly [Dialect, string])[] = [
  ['slipway', 'Slipway (durable)'],
  ['relay', 'bare relay (keeps nothing)'],
  ['y-websocket', 'y-websocket (in memory)'],
  ['hocuspocus', 'Hocuspocus (in memory)'],
]

/** The table as Markdown, ready for a README; notes are numbered and stand below. */
export function table(lines: readonly Line[]): string {
  const notes: string[] = []
  const rows = lines.map((line) => {
    const marks = line.notes.map((note) => {
      if (!notes.includes(note)) notes.push(note)
      return `[${notes.indexOf(note) + 1}]`
    })
    const what = [line.what, ...marks].join(' ')
    return [what, line.budget, ...COLUMNS.map(([dialect]) => line.cells[dialect] ?? '–'), line.ratio, verdict(line.ok)]
  })
  const heads = ['what', 'budget', ...COLUMNS.map(([, title]) => title), 'ratio', '']
  const markdown = [heads, heads.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  )
  return [...markdown, '', ...notes.map((note, at) => `${at + 1}. ${note}`)].join('\n').trimEnd()
}

const verdict = (ok: boolean | null): string => (ok === null ? '' : ok ? '✓' : '✗')
