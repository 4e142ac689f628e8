// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import CheckCheck from 'lucide-react/icons/check-check'
import FileDiff from 'lucide-react/icons/file-diff'
import { useMemo, useState } from 'react'
import { DIFF_LOOK, DIFF_WHITESPACE, useOwnChoice } from '#app/people/use-own-choice.ts'
import type { OutboxItem } from '#app/replica/shown.ts'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { useMedia } from '#app/ui/use-media.ts'
import { isNews } from '#domain/changes/viewed.ts'
import { Counts } from './counts.tsx'
import { FileView } from './diff-file.tsx'
import { NewsBar } from './diff-news.tsx'
import { LookSwitch, WhitespaceSwitch } from './diff-switches.tsx'
import type { Look } from './diff-tables.ts'
import { FileTree } from './diff-tree.tsx'
import { fileWithoutWhitespace } from './diff-whitespace.ts'
import { NoDiff } from './no-diff.tsx'
import { ReviewBar } from './review-bar.tsx'
import { usePatch } from './use-patch.ts'
import { type Note, useReview } from './use-review.ts'
import type { AttemptRow } from './use-task.ts'
import { useViewedKey } from './use-viewed-key.ts'
import { useViews } from './use-views.ts'
import { WORDS } from './words.ts'

type DiffProps = { projectId: string; attempt: AttemptRow; outbox: readonly OutboxItem[]; isReadOnly: boolean }

/** What an attempt changed, base to head, and what people have to say about it. */
export function Diff({ projectId, attempt, outbox, isReadOnly }: DiffProps) {
  const review = useReview(projectId, attempt, outbox)
  const notesIn = useMemo(() => byFile(review.notes ?? []), [review.notes])
  const { files, failure, retry } = usePatch(attempt.patch)
  const [wish, setLook] = useOwnChoice<Look>(DIFF_LOOK, 'unified')
  // Where there is no room for two sides, there is none for the switch either.
  const look = useMedia('(min-width: 768px)') ? wish : 'unified'
  const [isSpaceIgnored, ignoreSpace] = useOwnChoice<boolean>(DIFF_WHITESPACE, false)
  const [chosen, setChosen] = useState<string | null>(null)
  const views = useViews(projectId, attempt, files)
  const [onlyNews, setOnlyNews] = useState(false)
  useViewedKey(views)
  if (attempt.patch === null || files?.length === 0) {
    return (
      <EmptyState icon={<FileDiff className="size-8" />} title="Nothing to review yet">
        {WORDS.noDiff}
      </EmptyState>
    )
  }
  if (failure) return <NoDiff why={failure} attempt={attempt} retry={retry} />
  if (!files || !views) return <DiffSkeleton />
  // What is new, and what was viewed, is asked of all that changed.
  const drawn = isSpaceIgnored ? files.map(fileWithoutWhitespace) : files
  const shown = drawn.flatMap((file) => {
    const standing = views.standings.get(file.path)
    return standing && (!onlyNews || isNews(standing)) ? [{ file, standing }] : []
  })
  const goTo = (path: string) => {
    setChosen(path)
    document.getElementById(fileId(path))?.scrollIntoView({ block: 'start' })
  }
  return (
    <div className="flex h-full min-h-0">
      <FileTree files={shown.map(({ file }) => file)} standings={views.standings} chosen={chosen} choose={goTo} />
      <section
        tabIndex={0}
        aria-label="Changes"
        // A hand on it: somebody looks, and not only a screen that was left on.
        onPointerMove={views.look}
        onPointerDown={views.look}
        onKeyDown={views.look}
        onWheel={views.look}
        className="min-h-0 min-w-0 flex-1 overflow-y-auto scroll-thin focus-visible:ring-inset-focus"
      >
        <div className="sticky top-0 z-20 flex h-10 items-center gap-x-3 bg-canvas px-4 text-sm text-muted">
          {files.length === 1 ? '1 file' : `${files.length} files`}
          <Counts added={sum(drawn, 'added')} removed={sum(drawn, 'removed')} />
          {views.mark && views.viewedCount > 0 && (
            <span className="hidden whitespace-nowrap md:inline">
              {views.viewedCount} of {files.length} viewed
            </span>
          )}
          <span className="ml-auto flex min-w-0 items-center gap-3">
            <ReviewBar attempt={attempt} review={review} isReadOnly={isReadOnly} />
            <WhitespaceSwitch isIgnored={isSpaceIgnored} setIgnored={ignoreSpace} />
            <LookSwitch look={look} setLook={setLook} />
          </span>
        </div>
        <NewsBar views={views} onlyNews={onlyNews} setOnlyNews={setOnlyNews} />
        <div className="flex flex-col gap-3 px-4 pb-4">
          {shown.map(({ file, standing }) => (
            <FileView
              key={file.path}
              id={fileId(file.path)}
              file={file}
              look={look}
              isWanted={chosen === file.path}
              standing={standing}
              onlyNews={onlyNews}
              patchInFull={attempt.patchInFull}
              mark={views.mark}
              notes={notesIn.get(file.path) ?? NO_NOTES}
              review={review}
              isReadOnly={isReadOnly}
            />
          ))}
          {shown.length === 0 && <NothingNew showAll={() => setOnlyNews(false)} />}
        </div>
      </section>
    </div>
  )
}

function NothingNew({ showAll }: { showAll: () => void }) {
  return (
    <EmptyState
      icon={<CheckCheck className="size-8" />}
      title="You have seen all of it"
      actions={<Button onPress={showAll}>Show all files</Button>}
    >
      Every file is as you saw it last.
    </EmptyState>
  )
}

const NO_NOTES: readonly Note[] = []

function byFile(notes: readonly Note[]): Map<string, Note[]> {
  const found = new Map<string, Note[]>()
  for (const note of notes) found.set(note.path, [...(found.get(note.path) ?? []), note])
  return found
}

const fileId = (path: string): string => `file-${path}`
const sum = (files: readonly { added: number; removed: number }[], side: 'added' | 'removed'): number =>
  files.reduce((all, file) => all + file[side], 0)

function DiffSkeleton() {
  return (
    <Loading label="Loading the changes" className="flex flex-col gap-3 p-4">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-48 w-full" />
      <Skeleton className="h-32 w-full" />
    </Loading>
  )
}
