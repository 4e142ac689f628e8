import type { BoardMoves } from '../board-context.ts'
import { type BoardList, targetAt } from '../lists.ts'
import { heldWith } from '../selection/acted-on.ts'
import type { Card } from '../use-board.ts'
import { CARD_HEIGHT } from '../window-of.ts'
import { isOwnPlace, lineAt, type PlaceKey, placeOf, sayPlace, spotOf, stepPlace } from './place.ts'

/** Picks a card up with the keyboard, and what is selected with it: until it is dropped or put back every key is about where it goes, and each step is said. */
export function pickUp(card: Card, moves: BoardMoves): void {
  const { hand, lists } = moves
  const home = lists.get(card.columnId)
  if (!home || !moves.canWrite) return
  const ids = heldWith(card, moves)
  const name = ids.size > 1 ? `${ids.size} cards` : card.shortId
  const stop = new AbortController()
  const putBack = () => {
    stop.abort()
    hand.letGo()
    hand.say(`${name} put back.`)
  }
  /** The list the card is held over; the one it came from when that has gone. */
  const here = (): BoardList | undefined => lists.get(hand.target?.columnId ?? '') ?? lists.get(card.columnId)
  const placeIn = (list: BoardList) => placeOf(list.cards(), card.id, hand.target?.spot ?? null)
  const say = (list: BoardList, before: string, after = '') => {
    const place = sayPlace(list.cards(), card.id, placeIn(list), list.name)
    hand.say(before ? `${before}, ${place}.${after}` : `${place.charAt(0).toUpperCase()}${place.slice(1)}.`)
  }

  const moveIn = (list: BoardList, key: PlaceKey) => {
    const cards = list.cards()
    const others = cards.length - (cards.some(({ id }) => id === card.id) ? 1 : 0)
    hand.aim({ columnId: list.columnId, spot: spotOf(cards, card.id, stepPlace(key, placeIn(list), others)) })
    show(list)
  }
  const moveAcross = (list: BoardList, step: -1 | 1) => {
    const all = lists.all()
    const next = all[all.indexOf(list) + step]
    if (!next) return
    const { top } = list.element.getBoundingClientRect()
    hand.aim(targetAt(next, top + lineAt(list.cards(), card.id, placeIn(list)) - list.element.scrollTop, card.id))
    next.element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    show(next)
  }
  const show = (list: BoardList) => {
    list.reveal(lineAt(list.cards(), card.id, placeIn(list)) - CARD_HEIGHT / 2, CARD_HEIGHT)
    say(list, '')
  }
  const drop = async () => {
    const { target } = hand
    const list = here()
    if (!target || (list && isOwnPlace(list.cards(), card.id, target.spot))) return putBack()
    const where = list ? sayPlace(list.cards(), card.id, placeIn(list), list.name) : ''
    stop.abort()
    hand.letGo()
    if (await moves.drop([...ids], target.columnId, target.spot, true)) hand.say(`${name} dropped, ${where}.`)
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const list = here()
    const { key } = event
    if (!list || key === 'Escape' || key === 'Tab') putBack()
    else if (key === ' ' || key === 'Enter') event.repeat || void drop()
    else if (key === 'ArrowLeft' || key === 'ArrowRight') moveAcross(list, key === 'ArrowLeft' ? -1 : 1)
    else if (key === 'ArrowUp' || key === 'ArrowDown' || key === 'Home' || key === 'End') moveIn(list, key)
  }

  hand.take(card.id, putBack, ids)
  const cards = home.cards()
  const own = cards.findIndex(({ id }) => id === card.id)
  hand.aim({ columnId: home.columnId, spot: spotOf(cards, card.id, Math.max(0, own)) })
  say(home, `${name} picked up`, ' Arrows move, Space drops, Escape cancels.')
  window.addEventListener('keydown', press, { signal: stop.signal, capture: true })
  window.addEventListener('blur', putBack, { signal: stop.signal })
  window.addEventListener('pointerdown', putBack, { signal: stop.signal, capture: true })
}
