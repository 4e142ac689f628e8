// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import Columns2 from 'lucide-react/icons/columns-2'
import FileDiff from 'lucide-react/icons/file-diff'
import Rows2 from 'lucide-react/icons/rows-2'
import { useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { useKept } from '#app/shell/use-kept.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { Counts } from './counts.tsx'
import { FileView } from './diff-file.tsx'
import { FileTree } from './diff-tree.tsx'
import { usePatch } from './use-patch.ts'
import type { AttemptRow } from './use-task.ts'
import { WORDS } from './words.ts'

type Look = 'unified' | 'split'

/** What an attempt changed, base to head. */
export function Diff({ attempt }: { attempt: AttemptRow }) {
  const { files, failure, retry } = usePatch(attempt.patch)
  const [look, setLook] = useKept<Look>('slipway.diff-look', 'unified')
  const [chosen, setChosen] = useState<string | null>(null)
  if (attempt.patch === null || files?.length === 0) {
    return (
      <EmptyState icon={<FileDiff className="size-8" />} title="Nothing to review yet">
        {WORDS.noDiff}
      </EmptyState>
    )
  }
  if (failure) {
    return (
      <Banner
        kind={failure === 'away' ? 'offline' : 'error'}
        className="m-4"
        actions={
          <Button size="small" onPress={retry}>
            Try again
          </Button>
        }
      >
        {failure === 'away' ? WORDS.diffOffline : 'This change is no longer on the server.'}
      </Banner>
    )
  }
  if (!files) return <DiffSkeleton />
  const goTo = (path: string) => {
    setChosen(path)
    document.getElementById(fileId(path))?.scrollIntoView({ block: 'start' })
  }
  return (
    <div className="flex h-full min-h-0">
      <FileTree files={files} chosen={chosen} choose={goTo} />
      <section
        tabIndex={0}
        aria-label="Changes"
        className="min-h-0 min-w-0 flex-1 overflow-y-auto scroll-thin focus-visible:ring-inset-focus"
      >
        <div className="flex h-10 items-center gap-3 px-4 text-sm text-muted">
          {files.length === 1 ? '1 file' : `${files.length} files`}
          <Counts added={sum(files, 'added')} removed={sum(files, 'removed')} />
          <LookSwitch look={look} setLook={setLook} />
        </div>
        <div className="flex flex-col gap-3 px-4 pb-4">
          {files.map((file) => (
            <FileView key={file.path} id={fileId(file.path)} file={file} look={look} isWanted={chosen === file.path} />
          ))}
        </div>
      </section>
    </div>
  )
}

const fileId = (path: string): string => `file-${path}`
const sum = (files: readonly { added: number; removed: number }[], side: 'added' | 'removed'): number =>
  files.reduce((all, file) => all + file[side], 0)

function LookSwitch({ look, setLook }: { look: Look; setLook: (look: Look) => void }) {
  return (
    <ToggleButtonGroup
      aria-label="Layout of the changes"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[look]}
      onSelectionChange={(keys) => setLook([...keys][0] === 'split' ? 'split' : 'unified')}
      className="ml-auto hidden rounded-md border border-edge p-0.5 md:flex"
    >
      <ToggleButton id="unified" className={`${buttonClasses('quiet', 'small')} h-6 data-selected:bg-hover data-selected:text-ink`}>
        <Rows2 aria-hidden className="size-3.5" />
        Unified
      </ToggleButton>
      <ToggleButton id="split" className={`${buttonClasses('quiet', 'small')} h-6 data-selected:bg-hover data-selected:text-ink`}>
        <Columns2 aria-hidden className="size-3.5" />
        Split
      </ToggleButton>
    </ToggleButtonGroup>
  )
}

function DiffSkeleton() {
  return (
    <Loading label="Loading the changes" className="flex flex-col gap-3 p-4">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-48 w-full" />
      <Skeleton className="h-32 w-full" />
    </Loading>
  )
}
