import { useSyncExternalStore } from 'react'
import { useMoves } from './board-context.ts'
import { KEYS_HINT } from './card-row.tsx'
import { WORDS } from './words.ts'

/** What people hear who do not see the board: what the keys do with a card, and each step of a card in hand. */
export function Spoken() {
  const { hand } = useMoves()
  const sentence = useSyncExternalStore(hand.subscribe, () => hand.spoken)
  return (
    <>
      <p id={KEYS_HINT} className="hidden">
        {WORDS.keys}
      </p>
      <div aria-live="assertive" aria-atomic className="sr-only" data-spoken>
        {sentence}
      </div>
    </>
  )
}
