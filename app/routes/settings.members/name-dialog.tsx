import { useState } from 'react'
import type { z } from 'zod'
import type { useApi } from '#app/replica/react.tsx'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { check } from '#domain/core/command.ts'

type Props = {
  title: string
  hint: string
  /** What it is called until now. */
  current: string
  /** What it may be called. */
  schema: z.ZodType<string>
  rename: (api: ReturnType<typeof useApi>, name: string) => Promise<unknown>
  onRenamed: (name: string) => void
  onClose: () => void
}

/** Asks for another name of something. */
export function NameDialog({ title, hint, current, schema, rename, onRenamed, onClose }: Props) {
  const { call, isPending, refusal } = useServerCall()
  const [name, setName] = useState(current)
  const [wrong, setWrong] = useState<string | null>(null)

  const submit = async () => {
    const named = check(schema, name)
    setWrong(named.ok ? null : named.message)
    if (!named.ok) return
    const answer = await call((api) => rename(api, named.value))
    if (!answer.ok) return
    onClose()
    onRenamed(named.value)
  }

  return (
    <FormDialog title={title} verb="Rename" onClose={onClose} onSubmit={submit} isPending={isPending}>
      <TextField label="Name" value={name} onChange={setName} error={wrong ?? refusal?.message} hint={hint} autoFocus autoComplete="off" />
    </FormDialog>
  )
}
