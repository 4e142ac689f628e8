import { useMemo, useState } from 'react'
import { Text } from 'react-aria-components/Menu'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { StatusMark } from '#app/work/status-mark.tsx'
import { changeBlockers } from '#domain/tasks/dependency-commands.ts'
import { namesOfCards } from '#domain/tasks/queries.ts'
import { cardsLike } from './cards-like.ts'
import { Picker } from './picker.tsx'
import type { TaskRow } from './use-task.ts'

type PickerProps = { projectId: string; task: TaskRow; onClose: () => void }

/** Finds the card that this one has to wait for, by title or short id. A loop is refused and shown. */
export function BlockerPicker({ projectId, task, onClose }: PickerProps) {
  const cards = useQuery(namesOfCards(projectId))
  const change = useCommand(changeBlockers)
  const [typed, setTyped] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const items = useMemo(() => cardsLike(cards ?? [], typed, [task.id, ...task.dependsOn]), [cards, typed, task.id, task.dependsOn])
  const choose = async (id: string) => {
    const answer = await change({ projectId, taskId: task.id, add: [id] })
    if (answer.ok) onClose()
    else setRefusal(answer.message)
  }
  return (
    <Picker
      title="Add a blocker"
      question={`What does ${task.shortId || 'this card'} wait for?`}
      typed={typed}
      onType={(text) => {
        setTyped(text)
        setRefusal(null)
      }}
      list="Cards"
      items={items}
      wordsOf={(card) => `${card.shortId} ${card.title}`}
      nothing={cards ? 'No other card has these words.' : 'Looking…'}
      refusal={refusal}
      choose={(id) => void choose(id)}
      onClose={onClose}
    >
      {(card) => (
        <>
          <StatusMark status={card.status} />
          {card.shortId && <span className="shrink-0 text-xs text-faint tabular-nums">{card.shortId}</span>}
          <Text slot="label" className="min-w-0 flex-1 truncate">
            {card.title}
          </Text>
        </>
      )}
    </Picker>
  )
}
