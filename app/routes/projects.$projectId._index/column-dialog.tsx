import { useState } from 'react'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { Select } from '#app/ui/select.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { STATUS_LABELS } from '#app/work/status-words.ts'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { TASK_STATUSES, type TaskStatus } from '#domain/tasks/schema.ts'

export type ColumnFields = { name: string; status: TaskStatus; wipLimit: number | null }

export type ColumnDialogProps = {
  title: string
  verb: string
  onClose: () => void
  start: ColumnFields
  /** Saves; answers the refusal, or null. */
  save: (fields: ColumnFields) => Promise<Refusal | null>
}

const CHOICES = TASK_STATUSES.map((status) => ({ id: status, label: STATUS_LABELS[status] }))

/** The fields of a column: its name, the status its cards have, and how many it may hold. */
export function ColumnDialog({ title, verb, onClose, start, save }: ColumnDialogProps) {
  const [name, setName] = useState(start.name)
  const [status, setStatus] = useState(start.status)
  const [limit, setLimit] = useState(start.wipLimit === null ? '' : String(start.wipLimit))
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const submit = async () => {
    const wipLimit = limit.trim() === '' ? null : Number(limit)
    if (wipLimit !== null && !(Number.isInteger(wipLimit) && wipLimit > 0)) {
      setRefusal({ ok: false, code: 'invalid-input', message: 'A limit is a whole number above zero, or nothing.', field: 'wipLimit' })
      return
    }
    const refused = await save({ name, status, wipLimit })
    setRefusal(refused)
    if (!refused) onClose()
  }
  return (
    <FormDialog title={title} verb={verb} onClose={onClose} onSubmit={() => void submit()} size="small" className="flex flex-col gap-1">
      <TextField label="Name" value={name} onChange={setName} error={wordsAt(refusal, 'name')} autoFocus />
      <Select
        label="Status of its cards"
        choices={CHOICES}
        value={status}
        onChange={setStatus}
        hint="Moving a card here gives it this status."
      />
      <TextField
        label="Limit"
        value={limit}
        onChange={setLimit}
        error={wordsAt(refusal, 'wipLimit')}
        hint="The most cards that should stand here at once; empty for no limit."
      />
      <p role="alert" className="min-h-4 text-xs text-danger">
        {refusal && isElsewhere(refusal, ['name', 'wipLimit']) ? refusal.message : ''}
      </p>
    </FormDialog>
  )
}
