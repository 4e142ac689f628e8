import ArrowRightToLine from 'lucide-react/icons/arrow-right-to-line'
import type { Action } from '#app/ui/menu.tsx'
import type { DeedCard, Deeds } from './deeds.ts'
import { whyNot } from './why-not.ts'

/** The columns as a card's menu shows them: where it stands is ticked, and where it may not go says why. */
export const columnActions = (deeds: Deeds, cards: readonly DeedCard[]): Action[] =>
  deeds.columns().map((column) => ({
    id: `to-${column.id}`,
    label: column.name,
    icon: <ArrowRightToLine className="size-4" />,
    isChosen: cards.every(({ columnId }) => columnId === column.id),
    hint: whyNot(cards, column),
    run: () => deeds.moveTo(cards, column.id),
  }))
