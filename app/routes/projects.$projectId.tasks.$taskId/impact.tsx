import type { NamedCard } from '#domain/tasks/dependencies.ts'
import type { Relatives } from './use-relatives.ts'

/** What the end of a card brings: which cards become ready, and which go on waiting and for what. Nothing where none waits. */
export function Impact({ impact: { ready, waiting } }: { impact: Relatives['impact'] }) {
  if (ready.length + waiting.length === 0) return null
  return (
    <dl aria-label="What this brings" className="mb-2 flex flex-col gap-2">
      {ready.length > 0 && (
        <Group title={ready.length === 1 ? 'One card becomes ready' : `${ready.length} cards become ready`} cards={ready} />
      )}
      {waiting.length > 0 && (
        <Group
          title={waiting.length === 1 ? 'One stays blocked' : `${waiting.length} stay blocked`}
          cards={waiting}
          note={(card) => `by ${card.waitsFor.map(nameOf).join(', ')}`}
        />
      )}
    </dl>
  )
}

type Waiting = Relatives['dependents'][number]

function Group({ title, cards, note }: { title: string; cards: readonly Waiting[]; note?: (card: Waiting) => string }) {
  return (
    <div>
      <dt className="font-medium text-ink">{title}</dt>
      {cards.map((card) => (
        <dd key={card.id} className="break-words">
          {nameOf(card)}
          {note && <span className="text-faint">, {note(card)}</span>}
        </dd>
      ))}
    </div>
  )
}

const nameOf = ({ shortId, title }: NamedCard): string => `${shortId} ${title}`.trim()
