import { useCallback, useMemo, useRef } from 'react'
import { useOwnPlace } from '#app/people/use-own-place.ts'
import { useCommand, useQuery, useSession } from '#app/replica/react.tsx'
import { changeLookOf, viewedFilesOf } from '#domain/changes/queries.ts'
import { type FileStanding, isNews, lookedBefore, standingOfFile } from '#domain/changes/viewed.ts'
import { markFileViewed, noteLook } from '#domain/changes/viewed-commands.ts'
import type { DiffFile } from './diff-hunks.ts'
import { useEarlierPatches } from './use-patch.ts'
import type { AttemptRow } from './use-task.ts'

export type Views = {
  /** How each file stands for this person, by path. */
  standings: ReadonlyMap<string, FileStanding>
  /** How many files hold something they have not seen, though they have seen the change before. */
  newsCount: number
  /** Files they saw changed that are as before now. */
  gone: readonly string[]
  viewedCount: number
  /** Undefined where nothing can be kept: nobody is signed in. */
  mark: ((path: string, isViewed: boolean) => void) | undefined
  /** Notes that they look at the change as it is now. */
  look: () => void
}

const HASH = /^[0-9a-f]{64}$/
const NO_ROWS: readonly never[] = []

/** What this person has seen of a change, on all their devices; undefined while that is not known yet. */
export function useViews(projectId: string, attempt: AttemptRow, files: readonly DiffFile[] | undefined): Views | undefined {
  const me = useSession().member?.id
  const { place, canKeep } = useOwnPlace(projectId)
  const isKept = canKeep && me !== undefined
  const lookRows = useQuery(isKept ? changeLookOf(place, attempt.id, me) : null)
  const markRows = useQuery(isKept ? viewedFilesOf(place, attempt.id, me) : null)
  const isKnown = !isKept || (lookRows !== undefined && markRows !== undefined)
  const patch = attempt.patch ?? ''
  const look = lookRows?.[0]
  const before = lookedBefore(look, patch)
  const marks = useMemo(() => new Map((markRows ?? NO_ROWS).map((row) => [row.path, row.patch])), [markRows])
  const earlier = useMemo(
    () => [...new Set([...marks.values(), ...(before === null ? [] : [before])])].filter((hash) => hash !== patch && HASH.test(hash)),
    [marks, before, patch],
  )
  const { filesOf, isSettled } = useEarlierPatches(earlier)
  const [noteIt, markIt] = [useCommand(noteLook), useCommand(markFileViewed)]
  const attemptId = attempt.id

  const isSeen = look?.patch === patch
  const noteOnce = useCallback(() => {
    if (isKept && isKnown && !isSeen && HASH.test(patch)) void noteIt({ ...place, attemptId, patch })
  }, [noteIt, place, attemptId, patch, isKept, isKnown, isSeen])
  const mark = useCallback(
    (path: string, isViewed: boolean) => {
      void markIt({ ...place, attemptId, path, patch: isViewed ? patch : null })
      noteOnce()
    },
    [markIt, noteOnce, place, attemptId, patch],
  )

  // The same object while a file stands the same: its lines are drawn anew with another one.
  const kept = useRef(new Map<DiffFile, { of: string; standing: FileStanding }>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: what filesOf answers changes when all patches are there
  return useMemo(() => {
    if (!files || !isKnown || !isSettled) return undefined
    const standings = new Map(
      files.map((file) => {
        const marked = marks.get(file.path) ?? null
        const of = `${patch} ${marked} ${before}`
        const known = kept.current.get(file)
        const standing = known?.of === of ? known.standing : standingOfFile(file, marked, before, patch, filesOf)
        kept.current.set(file, { of, standing })
        return [file.path, standing] as const
      }),
    )
    const all = [...standings.values()]
    return {
      standings,
      newsCount: all.filter(isNews).length,
      gone: before === null ? [] : [...(filesOf(before)?.keys() ?? [])].filter((path) => !standings.has(path)),
      viewedCount: all.filter(({ kind }) => kind === 'viewed').length,
      mark: isKept ? mark : undefined,
      look: noteOnce,
    }
  }, [files, isKnown, isSettled, marks, before, patch, earlier, isKept, mark, noteOnce])
}
