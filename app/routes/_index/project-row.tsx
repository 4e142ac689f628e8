import { Link } from '@remix-run/react'
import FileText from 'lucide-react/icons/file-text'
import FolderGit2 from 'lucide-react/icons/folder-git-2'
import GitCommitHorizontal from 'lucide-react/icons/git-commit-horizontal'
import MessagesSquare from 'lucide-react/icons/messages-square'
import SquareCheckBig from 'lucide-react/icons/square-check-big'
import type { ReactNode } from 'react'
import { classes } from '#app/ui/classes.ts'
import { Time } from '#app/ui/time.tsx'
import type { ProjectCounts } from '#domain/changes/count.ts'
import type { Project } from '#domain/projects/schema.ts'

type Shown = Pick<Project, 'id' | 'name' | 'description' | 'key' | 'gitRepositoryInfo' | 'updatedAt'>

/** One project as a line: its name, what it holds (nothing is said of that before it has come to this device), its repository, when it last changed. */
export function ProjectRow({ project, counts }: { project: Shown; counts: ProjectCounts | undefined }) {
  const repository = project.gitRepositoryInfo
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        to={`/projects/${project.id}`}
        className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 transition-colors hover:bg-hover focus-visible:ring-inset-focus md:grid-cols-[minmax(0,1fr)_auto_140px_88px]"
      >
        <span className="col-span-3 min-w-0 md:col-span-1">
          <span className="flex min-w-0 items-baseline gap-2">
            <span className="truncate font-medium">{project.name}</span>
            <span className="shrink-0 font-mono text-xs text-faint">{project.key}</span>
          </span>
          {project.description && <span className="block truncate text-sm text-muted">{project.description}</span>}
        </span>
        <span className="flex items-center gap-3 text-xs text-muted tabular">
          <Count icon={<MessagesSquare className="size-3.5" />} value={counts?.interviews} one="interview" />
          <Count icon={<FileText className="size-3.5" />} value={counts?.prompts} one="prompt" />
          <Count icon={<SquareCheckBig className="size-3.5" />} value={counts?.tasks} one="task" />
          <Count icon={<GitCommitHorizontal className="size-3.5" />} value={counts?.commits} one="commit" />
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
          <FolderGit2 aria-hidden className="size-3.5 shrink-0 text-faint" />
          <span className="truncate">{repository ? (repository.path.split('/').at(-1) ?? repository.path) : 'no repository'}</span>
        </span>
        <Time at={project.updatedAt} className="text-right text-xs whitespace-nowrap text-faint" />
      </Link>
    </li>
  )
}

/** A number with its picture; only the place for it while it is not known. */
function Count({ icon, value, one }: { icon: ReactNode; value: number | undefined; one: string }) {
  const words = value === undefined ? undefined : `${value} ${one}${value === 1 ? '' : 's'}`
  return (
    <span title={words} className={classes('flex min-w-8 items-center gap-1', words === undefined && 'invisible')}>
      <span aria-hidden className="flex items-center gap-1">
        {icon}
        {value ?? 0}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  )
}
