// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import ChevronRight from 'lucide-react/icons/chevron-right'
import { memo, useEffect, useMemo, useState } from 'react'
import type { ChangeData, EventMap } from 'react-diff-view'
import { Button } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { classes } from '#app/ui/classes.ts'
import type { FileStanding } from '#domain/changes/viewed.ts'
import { Counts } from './counts.tsx'
import { BIG_FILE, type DiffFile } from './diff-hunks.ts'
import { DiffLines } from './diff-lines.tsx'
import { NewsBadge, NewsLine } from './diff-news.tsx'
import type { Look } from './diff-tables.ts'
import { isOnlyWhitespace, touchedIn } from './diff-whitespace.ts'
import { anchorOf, lineOf, linesOf } from './review-anchor.ts'
import { NotesOnLine } from './review-notes.tsx'
import { useFileReview } from './use-file-review.tsx'
import { useMore } from './use-more.ts'
import type { Note, Review } from './use-review.ts'

type FileViewProps = {
  id: string
  file: DiffFile
  look: Look
  isWanted: boolean
  standing: FileStanding
  /** Only the hunks that are new to whoever reads are wanted. */
  onlyNews: boolean
  /** The patch with all lines of its files; null where there is none. */
  patchInFull: string | null
  mark: ((path: string, isViewed: boolean) => void) | undefined
  notes: readonly Note[]
  review: Review
  isReadOnly: boolean
}

/** One file of a change. A big one stays closed until it is asked for, and so does one that was viewed and has not changed since. */
export const FileView = memo(function FileView(props: FileViewProps) {
  const { id, look, isWanted, standing, onlyNews, mark, notes, review, isReadOnly } = props
  const [isWhole, setWhole] = useState(false)
  const [isSpaceWanted, wantSpace] = useState(false)
  const seen = useMemo(() => (onlyNews && !isWhole ? newsOf(props.file, standing) : props.file), [props.file, standing, onlyNews, isWhole])
  const calm = useMemo(() => (isSpaceWanted ? seen : withoutPlainHunks(seen, notes)), [seen, isSpaceWanted, notes])
  const { file, after, more } = useMore(calm, seen === props.file ? props.patchInFull : null, notes)
  const touched = useMemo(() => touchedIn(seen), [seen])
  const isPlain = props.file.hunks.length > 0 && props.file.added + props.file.removed === 0
  // What was chosen holds until the file stands otherwise: a mark closes it, a change after the mark opens it again.
  const [choice, setChoice] = useState<{ of: FileStanding['kind']; isOpen: boolean } | null>(null)
  const isOpen =
    choice?.of === standing.kind ? choice.isOpen : touched <= BIG_FILE && standing.kind !== 'viewed' && (!isPlain || notes.length > 0)
  const setOpen = (isOpen: boolean) => setChoice({ of: standing.kind, isOpen })
  // biome-ignore lint/correctness/useExhaustiveDependencies: it opens when it is wanted, not when it stands otherwise
  useEffect(() => {
    if (isWanted) setOpen(true)
  }, [isWanted])
  const note = noteOf(calm, isOpen, touched)
  const news = useMemo(() => newLines(props.file, standing), [props.file, standing])
  const { widgets, homeless, region, current, press, choose, said } = useFileReview(file, notes, review, isReadOnly)
  const gutterEvents = useMemo<EventMap>(
    () => (isReadOnly ? {} : { onClick: ({ change }) => change && choose(lineOf(change).key) }),
    [isReadOnly, choose],
  )
  return (
    <section
      id={id}
      aria-label={file.path}
      data-file={file.path}
      className="scroll-mt-12 rounded-md border border-line bg-surface [contain-intrinsic-size:auto_300px] [content-visibility:auto]"
    >
      <div className="sticky top-10 z-10 flex items-center rounded-t-md bg-surface">
        <h2 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className={classes(
              'flex min-h-9 w-full flex-wrap items-center gap-x-2 rounded-md px-2 text-left text-sm max-md:py-1.5',
              standing.kind === 'viewed' && 'text-muted',
            )}
          >
            <ChevronRight aria-hidden className={classes('size-4 shrink-0 text-faint transition-transform', isOpen && 'rotate-90')} />
            <span className="min-w-0 flex-1 font-mono text-xs break-all max-md:min-w-4/5">
              {file.from && <span className="text-faint">{file.from} → </span>}
              {file.path}
            </span>
            <span className="hidden shrink-0 md:block">
              <NewsBadge standing={standing} />
            </span>
            {file.kind !== 'modify' && <span className="text-xs text-muted">{KINDS[file.kind]}</span>}
            <Counts added={file.isBinary ? null : file.added} removed={file.isBinary ? null : file.removed} />
          </button>
        </h2>
        {mark && (
          <Checkbox
            isSelected={standing.kind === 'viewed'}
            onChange={(isViewed) => mark(file.path, isViewed)}
            aria-label={`Viewed: ${file.path}`}
            className="shrink-0 px-2.5 py-1.5 text-muted"
          >
            Viewed
          </Checkbox>
        )}
      </div>
      {isOpen && <NewsLine standing={standing} hidden={props.file.hunks.length - seen.hunks.length} showAll={() => setWhole(true)} />}
      {isOpen && <PlainLine hidden={seen.hunks.length - calm.hunks.length} show={() => wantSpace(true)} />}
      {note && <p className="border-t border-line px-3 py-2 text-sm text-muted">{note}</p>}
      {homeless.length > 0 && (
        <>
          <p className="border-t border-line px-3 pt-2 text-xs text-muted">On lines that have changed since:</p>
          <NotesOnLine notes={homeless} review={review} isReadOnly={isReadOnly} />
        </>
      )}
      {isOpen && file.hunks.length > 0 && (
        <section
          ref={region}
          tabIndex={0}
          aria-label={`Lines of ${file.path}`}
          aria-keyshortcuts="j k c"
          onKeyDown={press}
          className="@container overflow-x-auto border-t border-line scroll-thin"
        >
          <p aria-live="polite" className="sr-only">
            {said}
          </p>
          <DiffLines
            file={file}
            after={after}
            more={more}
            look={look}
            widgets={widgets}
            current={current}
            gutterEvents={gutterEvents}
            news={news}
            isReadOnly={isReadOnly}
          />
        </section>
      )}
    </section>
  )
})

/** A file with those of its hunks that are new to whoever reads; all of them where what was seen is not at hand. */
const newsOf = (file: DiffFile, { since }: FileStanding): DiffFile =>
  since && since.hunks.size > 0 ? { ...file, hunks: file.hunks.filter((_, at) => since.hunks.has(at)) } : file

/** A file without the hunks in which only white space changed, but for those with notes; all of them where there is no other. */
function withoutPlainHunks(file: DiffFile, notes: readonly Note[]): DiffFile {
  if (file.hunks.every(isOnlyWhitespace) || !file.hunks.some(isOnlyWhitespace)) return file
  const lines = linesOf(file)
  const noted = new Set(notes.map((note) => anchorOf(lines, note)))
  const hunks = file.hunks.filter((hunk) => !isOnlyWhitespace(hunk) || hunk.changes.some((change) => noted.has(lineOf(change).key)))
  return { ...file, hunks }
}

/** The lines of the hunks that are new; none where all of the file is, or nothing. */
const newLines = (file: DiffFile, { since }: FileStanding): ReadonlySet<ChangeData> =>
  new Set(file.hunks.flatMap(({ changes }, at) => (since?.hunks.has(at) ? changes : [])))

/** DIFF-7: how much of a file is not shown because only white space changed in it. */
function PlainLine({ hidden, show }: { hidden: number; show: () => void }) {
  if (hidden === 0) return null
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line px-3 py-1.5 text-xs text-muted">
      {hidden === 1 ? 'Only whitespace changed in one more place.' : `Only whitespace changed in ${hidden} more places.`}
      <Button look="quiet" size="small" onPress={show} className="-my-1 h-6">
        {hidden === 1 ? 'Show it' : 'Show them'}
      </Button>
    </p>
  )
}

const KINDS: Readonly<Record<DiffFile['kind'], string>> = { add: 'new', delete: 'deleted', modify: '', rename: 'renamed', copy: 'copied' }

/** What there is to say about a file whose lines cannot, or need not, be shown. */
function noteOf(file: DiffFile, isOpen: boolean, touched: number): string | null {
  const mode = file.mode ? `Mode ${file.mode.from} → ${file.mode.to}${file.mode.to === '100755' ? ' (can be run)' : ''}.` : ''
  if (file.isBinary) return `A binary file. ${mode}`.trim()
  if (file.hunks.length > 0 && file.added + file.removed === 0) return `Only whitespace changed. ${mode}`.trim()
  if (!isOpen && touched > BIG_FILE) return `${touched.toLocaleString('en')} lines, closed to keep the rest in sight.`
  if (file.hunks.length > 0) return mode || null
  if (mode) return mode
  return file.kind === 'rename' ? 'Moved without a change.' : 'An empty file.'
}
