import { useMemo, useState } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { createPrompt, savePromptVersion } from '#domain/prompts/commands.ts'
import { decideImport, type PromptImport, readPromptFile } from '#domain/prompts/files.ts'
import type { Prompt } from '#domain/prompts/schema.ts'

export type NamedText = { name: string; text: string }
type Props = { projectId: string; prompts: readonly Prompt[]; files: readonly NamedText[]; onClose: () => void }

/** What files would change, file by file, before anything is saved. */
export function ImportPrompts({ projectId, prompts, files, onClose }: Props) {
  const create = useCommand(createPrompt)
  const save = useCommand(savePromptVersion)
  const [refusal, setRefusal] = useState<string | null>(null)
  // What it was when the files were chosen: what is saved meanwhile must not change the list under one's eyes.
  const [here] = useState(prompts)
  const found = useMemo(
    () =>
      files.map(({ name, text }) => {
        const read = readPromptFile(name, text)
        return read.ok ? { name, change: decideImport(read.value, here) } : { name, error: read.message }
      }),
    [files, here],
  )
  const changes = found.flatMap(({ name, change }) => (change && change.kind !== 'same' ? [{ name, change }] : []))

  const bring = async () => {
    for (const { name, change } of changes) {
      const answer =
        change.kind === 'version'
          ? await save({ projectId, id: v7(), parentId: change.parentId, patch: change.patch })
          : await create({ projectId, id: v7(), ...withoutId(change.file) })
      if (!answer.ok) return setRefusal(`${name}: ${answer.message}`)
    }
    sayDone(changes.length === 1 ? 'One prompt came in.' : `${changes.length} prompts came in.`)
    onClose()
  }

  return (
    <Dialog
      title={changes.length === 0 ? 'Nothing to import' : 'Import prompts'}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        changes.length === 0 ? (
          <Button look="primary" onPress={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button look="primary" onPress={() => void bring()}>
              {changes.length === 1 ? 'Import 1 change' : `Import ${changes.length} changes`}
            </Button>
          </>
        )
      }
    >
      <ul aria-label="Files" className="divide-y divide-line overflow-hidden rounded-md border border-line">
        {found.map(({ name, change, error }) => (
          <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-surface px-3 py-2 text-sm">
            <span className="min-w-0 flex-1 basis-60">
              <span className="block truncate font-mono text-xs">{name}</span>
              {error && <span className="text-danger">{error}</span>}
              {change?.kind === 'version' && <span className="text-xs text-muted">changes {Object.keys(change.patch).join(', ')}</span>}
            </span>
            {error ? <Badge tone="danger">cannot be read</Badge> : change && <What change={change} />}
          </li>
        ))}
      </ul>
      {refusal && (
        <Banner kind="error" className="mt-3">
          {refusal} What stands above it came in.
        </Banner>
      )}
    </Dialog>
  )
}

function What({ change }: { change: PromptImport }) {
  if (change.kind === 'same') return <Badge>unchanged</Badge>
  return change.kind === 'new' ? <Badge tone="ok">new prompt</Badge> : <Badge tone="accent">new version of {change.title}</Badge>
}

const withoutId = <F extends { id: unknown }>({ id: _, ...rest }: F): Omit<F, 'id'> => rest
