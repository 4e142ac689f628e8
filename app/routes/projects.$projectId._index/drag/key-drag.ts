import { sayRefusal } from '#app/ui/toasts.tsx'
import type { BoardMoves } from '../board-context.ts'
import { type ListedColumn, type Lists, targetAt } from '../lists.ts'
import { heldWith } from '../selection/acted-on.ts'
import type { Card } from '../use-board.ts'
import { WORDS } from '../words.ts'
import { isOwnPlace, type PlaceKey, placeOf, sayPlace, spotOf, stepAmong } from './place.ts'

type Shown = NonNullable<ReturnType<Lists['showing']>>

/**
 * Picks a card up with the keyboard, and what is selected with it: until it is dropped or put back every key is about where it goes, and each
 * step is said. Up and down lead from place to place, left and right from column to column.
 */
export function pickUp(card: Card, moves: BoardMoves): void {
  const { hand, lists } = moves
  if (!moves.canWrite) return
  const home = lists.showing(card.columnId)
  if (!home) return sayRefusal(WORDS.noPlaces)
  const ids = heldWith(card, moves)
  const name = ids.size > 1 ? `${ids.size} cards` : card.shortId
  const stop = new AbortController()
  const putBack = () => {
    stop.abort()
    hand.letGo()
    hand.say(`${name} put back.`)
  }
  /** The column the card is held over; the one it came from when that has gone. */
  const here = (): Shown | undefined => lists.showing(hand.target?.columnId ?? '') ?? lists.showing(card.columnId)
  const placeIn = ({ cards }: ListedColumn) => placeOf(cards, card.id, hand.target?.spot ?? null)
  const sayIn = (column: ListedColumn) => sayPlace(column.cards, card.id, placeIn(column), column.name)
  const say = (column: ListedColumn, before: string, after = '') => {
    const place = sayIn(column)
    hand.say(before ? `${before}, ${place}.${after}` : `${place.charAt(0).toUpperCase()}${place.slice(1)}.`)
  }

  const aim = (columnId: string, place: number) => {
    const cards = lists.showing(columnId)?.column.cards ?? []
    hand.aim({ columnId, spot: spotOf(cards, card.id, place) })
    show()
  }
  const moveIn = ({ list, column }: Shown, key: PlaceKey) => {
    const next = stepAmong(key, { columnId: column.columnId, place: placeIn(column) }, list.columns(), card.id)
    aim(next.columnId, next.place)
  }
  const moveAcross = ({ list, column }: Shown, step: -1 | 1) => {
    const all = lists.all().flatMap((each) => each.columns().map(({ columnId }) => ({ each, columnId })))
    const next = all[all.findIndex(({ columnId }) => columnId === column.columnId) + step]
    if (!next) return
    if (next.each === list) return aim(next.columnId, 0)
    const { top } = list.element.getBoundingClientRect()
    const line = list.lineAt(column.columnId, placeIn(column), card.id)
    hand.aim(targetAt(next.each, top + line - list.element.scrollTop, card.id))
    next.each.element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    show()
  }
  const show = () => {
    const at = here()
    if (!at) return
    const { list, column } = at
    list.reveal(list.lineAt(column.columnId, placeIn(column), card.id) - list.rows.height / 2, list.rows.height)
    say(column, '')
  }
  const drop = async () => {
    const { target } = hand
    const column = here()?.column
    if (!target || (column && isOwnPlace(column.cards, card.id, target.spot))) return putBack()
    const where = column ? sayIn(column) : ''
    stop.abort()
    hand.letGo()
    if (await moves.drop([...ids], target.columnId, target.spot, true)) hand.say(`${name} dropped, ${where}.`)
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const at = here()
    const { key } = event
    if (!at || key === 'Escape' || key === 'Tab') putBack()
    else if (key === ' ' || key === 'Enter') event.repeat || void drop()
    else if (key === 'ArrowLeft' || key === 'ArrowRight') moveAcross(at, key === 'ArrowLeft' ? -1 : 1)
    else if (key === 'ArrowUp' || key === 'ArrowDown' || key === 'Home' || key === 'End') moveIn(at, key)
  }

  hand.take(card.id, putBack, ids)
  const { cards, columnId } = home.column
  const own = cards.findIndex(({ id }) => id === card.id)
  hand.aim({ columnId, spot: spotOf(cards, card.id, Math.max(0, own)) })
  say(home.column, `${name} picked up`, ' Arrows move, Space drops, Escape cancels.')
  window.addEventListener('keydown', press, { signal: stop.signal, capture: true })
  window.addEventListener('blur', putBack, { signal: stop.signal })
  window.addEventListener('pointerdown', putBack, { signal: stop.signal, capture: true })
}
