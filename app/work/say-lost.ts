import type { LostValue } from '#domain/core/lost-values.ts'
import { FIELD_WORDS } from './field-words.ts'
import { PRIORITY_LABELS } from './priority.tsx'
import { STATUS_LABELS } from './status-words.ts'

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

/** What names stand behind the ids in values. */
export type Names = Readonly<Record<'card' | 'person' | 'column' | 'prompt', (id: string) => string>>

/** `the title to “Pay by cash”`: what somebody set, after the name and the word "set". */
export const sayLost = ({ field, value }: Pick<LostValue, 'field' | 'value'>, names: Names): string =>
  `the ${FIELD_WORDS[field] ?? field} to ${sayValue(field, value, names)}`

/** A value as people call it, after the word "to" or "from". */
export function sayValue(field: string, value: unknown, { card, person, column, prompt }: Names): string {
  if (field === 'assignee') return value === null ? 'nobody' : person(String(value))
  if (field === 'dependsOn' && Array.isArray(value) && value.length > 0) return value.map((id) => card(String(id))).join(', ')
  if (field === 'columnId') return `“${column(String(value))}”`
  if (field === 'promptId' && value !== null) return `“${prompt(String(value))}”`
  if (field === 'dueAt') return typeof value === 'number' ? day.format(value) : 'no day'
  if (field === 'status') return `“${STATUS_LABELS[value as keyof typeof STATUS_LABELS] ?? value}”`
  if (field === 'priority') return `“${PRIORITY_LABELS[value as keyof typeof PRIORITY_LABELS] ?? value}”`
  if (value === null || value === '') return 'nothing'
  if (!Array.isArray(value)) return `“${value}”`
  if (value.length === 0) return 'nothing'
  return value.map(sayItem).join(', ')
}

/** An item of a list: a label, or a line of the checklist. */
export function sayItem(item: unknown): string {
  if (typeof item !== 'object' || item === null) return `“${item}”`
  const { text, done } = item as { text?: unknown; done?: unknown }
  return `${done ? '☑' : '☐'} ${text ?? ''}`
}
