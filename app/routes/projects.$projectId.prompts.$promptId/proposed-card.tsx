import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { Select } from '#app/ui/select.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import type { ProposedTask } from '#domain/tasks/proposal.ts'

const SIZES = [
  { id: 'S', label: 'S', hint: 'an hour or two' },
  { id: 'M', label: 'M', hint: 'a day' },
  { id: 'L', label: 'L', hint: 'several days' },
] as const

type Props = {
  at: number
  task: ProposedTask
  titles: readonly string[]
  mayDependOn: readonly number[]
  error: string | null
  onChange: (patch: Partial<ProposedTask>) => void
  onRemove: () => void
}

/** One proposed card: its title, size and what it waits for, with its description on demand. */
export function ProposedCard({ at, task, titles, mayDependOn, error, onChange, onRemove }: Props) {
  const [isOpen, setOpen] = useState(false)
  const number = at + 1
  const waits = task.dependsOn.map((other) => other + 1).sort((a, b) => a - b)
  const toggle = (other: number) =>
    onChange({ dependsOn: task.dependsOn.includes(other) ? task.dependsOn.filter((one) => one !== other) : [...task.dependsOn, other] })
  return (
    <li className="rounded-md border border-line bg-surface p-2">
      <div className="flex flex-wrap items-start gap-2">
        <span className="w-4 pt-1.5 text-right text-xs text-faint tabular">{number}</span>
        <TextField
          label={`Title of card ${number}`}
          hideLabel
          noMessage={!error}
          error={error}
          value={task.title}
          onChange={(title) => onChange({ title })}
          className="min-w-0 flex-1 basis-60"
        />
        <Select
          label={`Size of card ${number}`}
          hideLabel
          noMessage
          choices={SIZES}
          value={task.size}
          onChange={(size) => onChange({ size })}
          className="w-16"
        />
        <Menu
          label={`What card ${number} waits for`}
          placement="bottom end"
          trigger={
            <Button
              look="quiet"
              isDisabled={mayDependOn.length === 0}
              aria-label={`Card ${number} ${waits.length ? `waits for ${waits.join(', ')}` : 'waits for none'}`}
              className="max-md:ml-3 md:w-28"
            >
              {waits.length ? `waits for ${waits.join(', ')}` : 'waits for none'}
            </Button>
          }
          groups={[
            {
              actions: mayDependOn.map((other) => ({
                id: String(other),
                label: `${other + 1} ${titles[other] ?? ''}`,
                isChosen: task.dependsOn.includes(other),
                run: () => toggle(other),
              })),
            },
          ]}
        />
        <IconButton label={`Take out card ${number}`} onPress={onRemove} size="medium" className="ml-auto">
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div className="mt-1 pl-6 text-xs text-muted">
        {isOpen ? (
          <TextArea
            label={`Description of card ${number}`}
            hideLabel
            noMessage
            rows={4}
            value={task.description}
            onChange={(description) => onChange({ description })}
          />
        ) : (
          <Button look="quiet" size="small" onPress={() => setOpen(true)} aria-label={`Description of card ${number}`} className="-ml-2">
            Description
          </Button>
        )}
        {task.checklist.length > 0 && !isOpen && (
          <span className="ml-2">
            done when: {task.checklist[0]}
            {task.checklist.length > 1 && ` and ${task.checklist.length - 1} more`}
          </span>
        )}
      </div>
    </li>
  )
}
