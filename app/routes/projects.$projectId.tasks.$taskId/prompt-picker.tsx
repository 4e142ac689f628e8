import { useMemo, useState } from 'react'
import { Text } from 'react-aria-components/Menu'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { Time } from '#app/ui/time.tsx'
import { demandsOf } from '#domain/projects/queries.ts'
import { versionName } from '#domain/prompts/rules.ts'
import { editTask } from '#domain/tasks/commands.ts'
import { LabelBadge } from '../projects.$projectId.prompts._index/label-badge.tsx'
import { usePrompts } from '../projects.$projectId.prompts._index/use-prompts.ts'
import { Picker } from './picker.tsx'
import { promptsLike } from './prompts-like.ts'
import type { TaskRow } from './use-task.ts'
import { WORDS } from './words.ts'

const NONE = { id: 'none' } as const

/** Chooses the version of a prompt that attempts at the card start from, or none. */
export function PromptPicker({ projectId, task, onClose }: { projectId: string; task: TaskRow; onClose: () => void }) {
  const prompts = usePrompts(projectId)
  const onlyApproved = useQuery(demandsOf(projectId))?.[0]?.approvedPrompts ?? false
  const edit = useCommand(editTask)
  const [typed, setTyped] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const found = useMemo(
    () => promptsLike(prompts ?? [], typed, { without: task.promptId, onlyApproved }),
    [prompts, typed, task.promptId, onlyApproved],
  )
  const canBeNone = task.promptId !== null && typed.trim() === ''
  const items = useMemo(() => [...found, ...(canBeNone ? [NONE] : [])], [found, canBeNone])
  const choose = async (id: string) => {
    const answer = await edit({ projectId, taskId: task.id, patch: { promptId: id === NONE.id ? null : id } })
    if (answer.ok) onClose()
    else setRefusal(answer.message)
  }
  return (
    <Picker
      title="Choose a prompt"
      question={`What does ${task.shortId || 'this card'} start from?`}
      typed={typed}
      onType={(text) => {
        setTyped(text)
        setRefusal(null)
      }}
      list="Prompts"
      items={items}
      wordsOf={(item) => ('title' in item ? versionName(item) : WORDS.noPrompt)}
      nothing={sayNothing(prompts)}
      note={onlyApproved ? WORDS.onlyApproved : WORDS.olderVersions}
      refusal={refusal}
      choose={(id) => void choose(id)}
      onClose={onClose}
    >
      {(item) =>
        'title' in item ? (
          <>
            <Text slot="label" className="flex min-w-0 flex-1 items-baseline gap-1.5">
              <span className="truncate">{item.title}</span>
              <span className="shrink-0 text-muted tabular">v{item.version}</span>
            </Text>
            <Time at={item.createdAt} className="shrink-0 text-xs text-faint max-md:hidden" />
            <LabelBadge label={item.label} />
          </>
        ) : (
          <Text slot="label" className="text-muted">
            {WORDS.noPrompt}
          </Text>
        )
      }
    </Picker>
  )
}

const sayNothing = (prompts: readonly unknown[] | undefined): string => {
  if (!prompts) return 'Looking…'
  return prompts.length === 0 ? 'This project has no prompts yet. Write one on its page of prompts.' : 'No prompt has these words.'
}
