import type { z } from 'zod'
import type { editTasks } from '#domain/tasks/bulk.ts'
import type { Column, Task } from '#domain/tasks/schema.ts'

/** What of a card its deeds look at. */
export type DeedCard = Pick<
  Task,
  'id' | 'shortId' | 'columnId' | 'status' | 'checklist' | 'priority' | 'assignee' | 'labels' | 'dueAt' | 'promptId'
>
export type DeedColumn = Pick<Column, 'id' | 'name' | 'status'>

/** What of a card can be chosen from a list. */
export type Question = 'column' | 'priority' | 'assignee' | 'labels' | 'due'

/** What can be set on many cards at once. */
export type CardChange = Omit<z.input<typeof editTasks.input>, 'projectId' | 'taskIds'>

/** What a page has to offer where things can be done with cards: the board with all it shows, a card's own page with its one. */
export type Deeds = {
  columns: () => readonly DeedColumn[]
  /** The labels that cards here have, those used most first. */
  knownLabels: () => readonly string[]
  /** To another column; on the board the keyboard goes along. */
  moveTo: (cards: readonly DeedCard[], columnId: string) => void
  /** Sets fields of cards; `said`, where given, is what was done in words. */
  change: (cards: readonly Pick<DeedCard, 'id' | 'shortId'>[], change: CardChange, said?: string) => void
  /** Opens a question about cards, or the warning before they are deleted. */
  ask: (asked: { what: Question | 'delete'; cards: readonly DeedCard[] }) => void
}

/** Cards in a sentence: `APP-3`, or `4 cards`. */
export const sayCards = (cards: readonly Pick<DeedCard, 'shortId'>[]): string =>
  cards.length === 1 ? (cards[0]?.shortId ?? '') : `${cards.length} cards`
