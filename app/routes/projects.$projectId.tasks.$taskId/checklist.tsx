import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useMemo } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { useScratch } from '#app/scratch/use-scratch.ts'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { classes } from '#app/ui/classes.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { wholeOf } from '#domain/prompts/criteria.ts'
import { promptsOf } from '#domain/prompts/queries.ts'
import { editTask } from '#domain/tasks/commands.ts'
import { CriterionSources, useCriterionSources } from '../projects.$projectId.prompts._index/criterion-sources.tsx'
import type { TaskRow } from './use-task.ts'

type Item = TaskRow['checklist'][number]

/** What has to be true before the card is done; what came from an interview has the way to its answers. */
export function Checklist({ projectId, task, isReadOnly }: { projectId: string; task: TaskRow; isReadOnly: boolean }) {
  const edit = useCommand(editTask)
  const [begun, setText] = useScratch(`condition:${task.id}`)
  const text = begun ?? ''
  const items = task.checklist
  const sourcesOf = useOrigin(projectId, task)
  const save = async (checklist: Item[]) => {
    const answer = await edit({ projectId, taskId: task.id, patch: { checklist } })
    if (!answer.ok) sayRefusal(answer.message)
  }
  const add = () => {
    if (text.trim() === '') return
    void save([...items, { id: v7(), text: text.trim(), done: false }])
    setText('')
  }
  if (isReadOnly && items.length === 0) return null
  return (
    <section aria-label="Checklist">
      <h2 className="mb-1 flex items-center gap-2 text-sm font-semibold">
        Done when
        {items.length > 0 && (
          <span className="text-xs font-normal text-faint tabular">
            {items.filter((item) => item.done).length}/{items.length}
          </span>
        )}
      </h2>
      <ul className="flex flex-col">
        {items.map((item) => (
          <li key={item.id} className="group flex min-h-8 items-center gap-1">
            <Checkbox
              isSelected={item.done}
              isReadOnly={isReadOnly}
              onChange={(done) => void save(items.map((each) => (each.id === item.id ? { ...each, done } : each)))}
              className="min-w-0 flex-1 py-1"
            >
              <span className={classes('min-w-0 break-words', item.done && 'text-faint line-through')}>{item.text}</span>
            </Checkbox>
            <CriterionSources projectId={projectId} sources={sourcesOf(item.sources)} />
            {!isReadOnly && (
              <IconButton
                label={`Remove “${item.text}”`}
                className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
                onPress={() => void save(items.filter((each) => each.id !== item.id))}
              >
                <X aria-hidden className="size-3.5" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {!isReadOnly && (
        <form
          className="flex h-8 items-center gap-2 text-sm"
          onSubmit={(event) => {
            event.preventDefault()
            add()
          }}
        >
          <Plus aria-hidden className="size-4 text-faint" />
          <input
            aria-label="New checklist item"
            value={text}
            maxLength={500}
            onChange={(event) => setText(event.target.value)}
            onBlur={add}
            placeholder="Add a condition"
            className="h-7 min-w-0 flex-1 rounded-sm bg-transparent px-1 placeholder:text-faint"
          />
        </form>
      )}
    </section>
  )
}

/** Finds the answers an item came from, by the prompt the card was made of. */
function useOrigin(projectId: string, task: TaskRow) {
  const isLinked = task.promptId !== null && task.checklist.some(({ sources }) => sources && sources.length > 0)
  const prompts = useQuery(isLinked ? promptsOf(projectId) : null)
  const whole = useMemo(() => {
    const byId = new Map((prompts ?? []).map((prompt) => [prompt.id, prompt]))
    const version = byId.get(task.promptId ?? '')
    return version ? wholeOf(version, (id) => byId.get(id)) : []
  }, [prompts, task.promptId])
  return useCriterionSources(projectId, whole)
}
