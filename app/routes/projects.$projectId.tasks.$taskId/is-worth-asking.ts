import { openPoints } from '#domain/tasks/rules.ts'
import type { Relatives } from './use-relatives.ts'
import type { TaskRow } from './use-task.ts'

/** Whether something follows from a card's being done, or stands against it, that people want to read before. */
export const isWorthAsking = ({ checklist }: Pick<TaskRow, 'checklist'>, { ready, waiting }: Relatives['impact']): boolean =>
  ready.length + waiting.length + openPoints(checklist).length > 0
