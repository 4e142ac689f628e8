/** One line of a hunk, as far as its content goes. */
export type LineOfChange = { type: 'insert' | 'delete' | 'normal'; content: string }
/** What an attempt did to one file. */
export type FileOfChange = {
  path: string
  from: string | null
  kind: string
  mode: { from: string; to: string } | null
  /** What git calls the new content of a file that has no lines to compare; else null. */
  object: string | null
  hunks: readonly { changes: readonly LineOfChange[] }[]
}

/** What of a file is new since it was seen: which hunks by their place in the list, and how many places stand no more as they were seen. */
export type Since = { isSame: boolean; hunks: ReadonlySet<number>; gone: number }

/**
 * VIEW-1: what of a file is new beside what somebody saw of it, by content alone: a run of changed lines with the line before and the one after it. So neither a
 * rebase nor a change further up makes anything new, for no line number counts; and the same words at another place are new, for their neighbours do.
 */
export function sinceSeen(now: FileOfChange, seen: FileOfChange): Since {
  const known = new Map<string, number>()
  for (const place of seen.hunks.flatMap(placesOf)) known.set(place, (known.get(place) ?? 0) + 1)
  const hunks = new Set<number>()
  now.hunks.forEach((hunk, at) => {
    for (const place of placesOf(hunk)) {
      const left = known.get(place) ?? 0
      if (left === 0) hunks.add(at)
      else known.set(place, left - 1)
    }
  })
  const gone = [...known.values()].reduce((all, left) => all + left, 0)
  return { isSame: hunks.size === 0 && gone === 0 && outsideOf(now) === outsideOf(seen), hunks, gone }
}

/** What of a file's change is in no line of it. */
const outsideOf = ({ from, kind, mode, object }: FileOfChange): string => JSON.stringify([from, kind, mode, object])

/** The runs of changed lines of a hunk, each with its neighbours. */
function placesOf({ changes }: { changes: readonly LineOfChange[] }): string[] {
  const places: string[] = []
  for (let at = 0; at < changes.length; at++) {
    if (changes[at]?.type === 'normal') continue
    const start = at
    while (at + 1 < changes.length && changes[at + 1]?.type !== 'normal') at++
    places.push(JSON.stringify(changes.slice(Math.max(0, start - 1), at + 2).map(({ type, content }) => [type, content])))
  }
  return places
}

/** What somebody looked at of an attempt's change: the patch they saw last, and the one before that. */
export type ChangeLook = { patch: string; before: string | null }

/**
 * VIEW-2: the patch a person last looked at before the one there is now: what is new is new beside that. Null where they see the change for the first time. Looking
 * at what there is now again, here or on another device, does not move it.
 */
export const lookedBefore = (look: ChangeLook | undefined, patch: string): string | null =>
  look === undefined ? null : look.patch === patch ? look.before : look.patch

/**
 * How a file stands for one person. `first`: they see the change for the first time; `new`: they saw the change without this file; `known`: as it was last seen;
 * `viewed`: marked as viewed, and as it was then; `changed`: not as it was seen, or marked. `since` is null where what was seen is not at hand, so that all of it has
 * to be taken as new.
 */
export type FileStanding = {
  kind: 'first' | 'new' | 'known' | 'viewed' | 'changed'
  since: Since | null
  /** It was marked, though the mark may count no more. */
  wasViewed: boolean
}

/** Whether there is something in the file that this person has not seen, though they have seen the change before. */
export const isNews = ({ kind }: FileStanding): boolean => kind === 'new' || kind === 'changed'

/**
 * VIEW-3: how a file stands, from what was marked as viewed, else from what was looked at before. `marked` and `looked`: the patch in question, null for none;
 * `filesOf`: the files of a patch, undefined while or because it is not at hand.
 */
export function standingOfFile(
  file: FileOfChange,
  marked: string | null,
  looked: string | null,
  patch: string,
  filesOf: (patch: string) => ReadonlyMap<string, FileOfChange> | undefined,
): FileStanding {
  const wasViewed = marked !== null
  const against = marked ?? looked
  if (against === null) return { kind: 'first', since: null, wasViewed }
  const same: FileStanding = { kind: wasViewed ? 'viewed' : 'known', since: null, wasViewed }
  if (against === patch) return same
  const files = filesOf(against)
  if (!files) return { kind: 'changed', since: null, wasViewed }
  const seen = files.get(file.path)
  if (!seen) return { kind: 'new', since: null, wasViewed }
  const since = sinceSeen(file, seen)
  return since.isSame ? same : { kind: 'changed', since, wasViewed }
}
