import FolderGit2 from 'lucide-react/icons/folder-git-2'
import FolderPlus from 'lucide-react/icons/folder-plus'
import { type FormEvent, useState } from 'react'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { isElsewhere, wordsAt } from '#domain/core/refusal.ts'
import { folderName } from './folder-name.ts'

type Props = { projectId: string; projectName: string; blocked: string | null; onLinked: () => void; onCancel?: () => void }

/** Two ways to a repository: a folder that is one already, or a new one made by the runner. */
export function LinkRepository({ projectId, projectName, blocked, onLinked, onCancel }: Props) {
  const [path, setPath] = useState('')
  const linking = useServerCall()
  const creating = useServerCall()
  const isBusy = linking.isPending || creating.isPending

  const link = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || path.trim() === '') return
    creating.clear()
    const answer = await linking.call((api) => api.repos.link.mutate({ projectId, path: path.trim() }))
    if (!answer.ok) return
    sayDone('The repository is linked.')
    onLinked()
  }
  const create = async () => {
    linking.clear()
    const answer = await creating.call((api) => api.repos.create.mutate({ projectId, name: folderName(projectName) }))
    if (!answer.ok) return
    sayDone('The repository is created and linked.')
    onLinked()
  }

  return (
    <div className="grid gap-4 md:grid-cols-2">
      <form onSubmit={link} className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-4">
        <h2 className="flex items-center gap-2 font-semibold">
          <FolderGit2 aria-hidden className="size-4 text-faint" /> Use a folder
        </h2>
        <p className="text-sm text-muted">
          A git repository on the machine where the runner works. Agents work in copies beside it; your own files stay as they are until you
          merge.
        </p>
        <TextField
          label="Folder path"
          value={path}
          onChange={setPath}
          placeholder="/home/ada/shop"
          isDisabled={blocked !== null}
          error={wordsAt(linking.refusal, 'path')}
          spellCheck="false"
          autoComplete="off"
        />
        {linking.refusal && isElsewhere(linking.refusal, ['path']) && <Banner kind="error">{linking.refusal.message}</Banner>}
        <div className="mt-auto flex gap-2">
          <Button
            type="submit"
            look="primary"
            isPending={linking.isPending}
            isDisabled={blocked !== null || creating.isPending || path.trim() === ''}
          >
            Link repository
          </Button>
          {onCancel && <Button onPress={onCancel}>Cancel</Button>}
        </div>
      </form>
      <section className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4">
        <h2 className="flex items-center gap-2 font-semibold">
          <FolderPlus aria-hidden className="size-4 text-faint" /> Start from nothing
        </h2>
        <p className="text-sm text-muted">
          Slipway makes a folder called <code className="rounded-sm bg-hover px-1 font-mono text-xs">{folderName(projectName)}</code> with a
          first commit, among its own data. No account anywhere is needed.
        </p>
        {creating.refusal && <Banner kind="error">{creating.refusal.message}</Banner>}
        <div className="mt-auto">
          <Button onPress={create} isPending={creating.isPending} isDisabled={blocked !== null || linking.isPending}>
            Create one for me
          </Button>
        </div>
      </section>
      <p role="status" className="text-sm text-muted empty:hidden md:col-span-2">
        {isBusy && 'The runner is looking at it. This takes a few seconds.'}
      </p>
    </div>
  )
}
