import Ellipsis from 'lucide-react/icons/ellipsis'
import FileDown from 'lucide-react/icons/file-down'
import FileUp from 'lucide-react/icons/file-up'
import { useRef, useState } from 'react'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { saveAs } from '#app/unsent/save-as.ts'
import { TAR_END, tarHeader, tarPadding } from '#domain/core/tar-block.ts'
import { writePromptFiles } from '#domain/prompts/files.ts'
import type { Prompt } from '#domain/prompts/schema.ts'
import { ImportPrompts, type NamedText } from './import-prompts.tsx'

type Props = { projectId: string; projectName: string; prompts: readonly Prompt[]; isReadOnly: boolean }

/** Takes the prompts out as markdown files, to be kept in a repository, and brings such files in. */
export function PromptFiles({ projectId, projectName, prompts, isReadOnly }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState<readonly NamedText[] | null>(null)
  const take = async () => {
    const written = writePromptFiles(prompts)
    const at = Date.now()
    const parts = written.flatMap(({ name, text }) => {
      const bytes = new TextEncoder().encode(text)
      return [tarHeader(`prompts/${name}`, bytes.length, at), bytes, tarPadding(bytes.length)]
    })
    saveAs(`${projectName.replace(/[^\p{L}\p{N}]+/gu, '-') || 'project'}-prompts.tar`, 'application/x-tar', ...parts, TAR_END)
    sayDone(written.length === 1 ? 'One file, in a tar archive.' : `${written.length} files, in a tar archive.`)
  }
  const read = async (chosen: FileList | null) => {
    if (!chosen || chosen.length === 0) return
    setFiles(await Promise.all([...chosen].map(async (file) => ({ name: file.name, text: await file.text() }))))
    if (input.current) input.current.value = ''
  }
  return (
    <>
      <Menu
        label="Files"
        placement="bottom end"
        trigger={
          <IconButton label="Files" size="medium" noTooltip>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
        groups={[
          {
            actions: [
              {
                id: 'export',
                label: 'Export as Markdown files',
                hint: 'One a prompt, to be kept in a repository',
                icon: <FileDown className="size-4" />,
                isDisabled: prompts.length === 0,
                run: () => void take(),
              },
              {
                id: 'import',
                label: 'Import Markdown files…',
                hint: 'What changed becomes a new version',
                icon: <FileUp className="size-4" />,
                isDisabled: isReadOnly,
                run: () => input.current?.click(),
              },
            ],
          },
        ]}
      />
      <input
        ref={input}
        type="file"
        multiple
        accept=".md,.markdown,.txt"
        aria-label="Prompt files"
        className="hidden"
        onChange={(event) => void read(event.target.files)}
      />
      {files && <ImportPrompts projectId={projectId} prompts={prompts} files={files} onClose={() => setFiles(null)} />}
    </>
  )
}
