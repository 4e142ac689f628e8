import { useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { bringBack, useSession, useSyncState } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { useSaveUnsent } from '#app/unsent/use-save-unsent.ts'
import { readUnsentFile } from '#domain/core/unsent-file.ts'

/** The way out for what the server does not have: a file that can be given back here, on another device, or after this one was cleared. */
export function UnsentChanges() {
  const { team, member } = useSession()
  const { waiting, pictures } = useSyncState()
  const saveUnsent = useSaveUnsent()
  const [said, setSaid] = useState<{ kind: 'error' | 'info'; words: string } | null>(null)
  if (!team || !member) return null

  const save = async () => {
    const saved = await saveUnsent()
    if (!saved) return setSaid({ kind: 'info', words: 'Nothing to save: the server has everything.' })
    setSaid({
      kind: 'info',
      words: 'Your changes are saved as a file. They stay here too, and are sent as soon as they can be.',
    })
  }
  const take = async (file: File | undefined) => {
    if (!file) return
    const read = readUnsentFile(await file.text(), team.id)
    const taken = read.ok ? await bringBack(read.value.changes) : read
    if (!taken.ok || !read.ok) return setSaid({ kind: 'error', words: taken.ok ? '' : taken.message })
    const { by } = read.value
    setSaid({ kind: 'info', words: `The changes of ${by} are back. They are sent like any other.` })
  }

  return (
    <div className="mt-3">
      <div className="flex flex-wrap items-center gap-3">
        {waiting > pictures && <Button onPress={save}>Save unsent changes as a file</Button>}
        <FileTrigger acceptedFileTypes={['application/json']} onSelect={(files) => void take(files?.[0])}>
          <Button>Bring changes back from a file…</Button>
        </FileTrigger>
      </div>
      {said && (
        <Banner kind={said.kind} className="mt-3">
          {said.words}
        </Banner>
      )}
    </div>
  )
}
