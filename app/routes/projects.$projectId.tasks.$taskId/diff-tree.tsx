import Check from 'lucide-react/icons/check'
import { classes } from '#app/ui/classes.ts'
import { type FileStanding, isNews } from '#domain/changes/viewed.ts'
import { Counts } from './counts.tsx'
import type { DiffFile } from './diff-hunks.ts'

const SIGNS: Readonly<Record<DiffFile['kind'], { letter: string; label: string; colour: string }>> = {
  add: { letter: 'A', label: 'added', colour: 'text-ok' },
  delete: { letter: 'D', label: 'deleted', colour: 'text-danger' },
  modify: { letter: 'M', label: 'changed', colour: 'text-warn' },
  rename: { letter: 'R', label: 'renamed', colour: 'text-accent' },
  copy: { letter: 'C', label: 'copied', colour: 'text-accent' },
}

/** DIFF-4: files under their folders, in the order of the patch. */
export function byFolder(files: readonly DiffFile[]): { folder: string; files: DiffFile[] }[] {
  const folders = new Map<string, DiffFile[]>()
  for (const file of files) {
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')))
    const list = folders.get(folder)
    if (list) list.push(file)
    else folders.set(folder, [file])
  }
  return [...folders].map(([folder, list]) => ({ folder, files: list }))
}

type FileTreeProps = {
  files: readonly DiffFile[]
  standings: ReadonlyMap<string, FileStanding>
  chosen: string | null
  choose: (path: string) => void
}

/** The changed files by folder, with git's counts, and which of them were viewed or are new to whoever reads. */
export function FileTree({ files, standings, chosen, choose }: FileTreeProps) {
  return (
    <nav aria-label="Changed files" className="hidden w-60 shrink-0 overflow-y-auto border-r border-line p-2 scroll-thin lg:block">
      {byFolder(files).map(({ folder, files: inside }) => (
        <section key={folder} aria-label={folder || 'Top folder'} className="mb-2">
          <p className="truncate px-2 py-1 text-xs text-faint" title={folder}>
            {folder || '/'}
          </p>
          <ul>
            {inside.map((file) => {
              const sign = SIGNS[file.kind]
              return (
                <li key={file.path}>
                  <button
                    type="button"
                    aria-current={file.path === chosen}
                    onClick={() => choose(file.path)}
                    title={file.path}
                    className={classes(
                      'flex h-7 w-full items-center gap-2 rounded-md px-2 text-left text-sm transition-colors hover:bg-hover',
                      file.path === chosen && 'bg-hover',
                    )}
                  >
                    <span role="img" aria-label={sign.label} className={classes('w-3 shrink-0 text-center font-mono text-xs', sign.colour)}>
                      {sign.letter}
                    </span>
                    <span className={classes('min-w-0 flex-1 truncate', standings.get(file.path)?.kind === 'viewed' && 'text-faint')}>
                      {file.path.slice(folder ? folder.length + 1 : 0)}
                    </span>
                    <Seen standing={standings.get(file.path)} />
                    <Counts added={file.isBinary ? null : file.added} removed={file.isBinary ? null : file.removed} />
                  </button>
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </nav>
  )
}

function Seen({ standing }: { standing: FileStanding | undefined }) {
  if (standing?.kind === 'viewed') return <Check aria-label="viewed" className="size-3.5 shrink-0 text-faint" />
  if (standing && isNews(standing))
    return <span role="img" aria-label="changed since you looked" className="size-1.5 shrink-0 rounded-full bg-accent-solid" />
  return null
}
