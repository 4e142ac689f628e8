import { useState } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { StatusMark } from '#app/work/status-mark.tsx'
import { editTasks } from '#domain/tasks/bulk.ts'
import type { restingOn } from '#domain/tasks/following.ts'
import type { Task } from '#domain/tasks/schema.ts'

type Card = Pick<Task, 'id' | 'shortId' | 'title' | 'status' | 'promptId'>
/** A version that was just saved, and the cards that rest on the one before it. */
export type Following = { promptId: string } & ReturnType<typeof restingOn<Card>>

type Props = { projectId: string; from: number; to: number; following: Following; onClose: () => void }

/** TASK-11: asks which cards go over to a version that was saved; closed, all keep theirs. Those chosen go in one step, so that one undo brings them back. */
export function WhoFollows({ projectId, from, to, following, onClose }: Props) {
  const edit = useCommand(editTasks)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(following.todo.map(({ id }) => id)))
  const [refused, setRefused] = useState<string | null>(null)
  const count = chosen.size
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const use = async () => {
    const answer = await edit({ projectId, taskIds: [...chosen], patch: { promptId: following.promptId } })
    if (!answer.ok) return setRefused(answer.message)
    sayDone(`${count === 1 ? 'One card uses' : `${count} cards use`} version ${to} now.`)
    onClose()
  }
  return (
    <Dialog
      title={`Saved as v${to}. Which cards use it?`}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>All keep v{from}</Button>
          <Button look="primary" onPress={() => void use()} isDisabled={count === 0}>
            {count === 1 ? `Use v${to} for 1 card` : `Use v${to} for ${count} cards`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Cards title="To do" cards={following.todo} chosen={chosen} onToggle={toggle} />
        <Cards
          title="Under way"
          hint={`Work that has begun goes on from v${from}. Chosen, the next attempt starts from v${to}.`}
          cards={following.running}
          chosen={chosen}
          onToggle={toggle}
        />
        {refused && <Banner kind="error">{refused}</Banner>}
      </div>
    </Dialog>
  )
}

type CardsProps = { title: string; hint?: string; cards: readonly Card[]; chosen: ReadonlySet<string>; onToggle: (id: string) => void }

function Cards({ title, hint, cards, chosen, onToggle }: CardsProps) {
  if (cards.length === 0) return null
  return (
    <section>
      <h3 className="text-sm font-semibold">{title}</h3>
      {hint && <p className="text-xs text-muted">{hint}</p>}
      <ul aria-label={title} className="mt-1 flex flex-col">
        {cards.map(({ id, shortId, title: name, status }) => (
          <li key={id} className="min-h-8">
            <Checkbox isSelected={chosen.has(id)} onChange={() => onToggle(id)} className="py-1.5">
              <StatusMark status={status} />
              <span className="min-w-0 break-words">
                {shortId && <span className="mr-1.5 text-xs text-faint tabular">{shortId}</span>}
                {name}
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </section>
  )
}
