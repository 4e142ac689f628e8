/** A text as it was and as it is, in reading order: what stayed, what somebody took out, what somebody put in. */
export type Run = { kind: 'same' | 'removed' | 'added'; text: string }
/** One step of an edit, as shared texts tell it. */
export type EditStep = { retain?: number | undefined; insert?: unknown; delete?: number | undefined }

/** A text nobody changed yet. */
export const unchanged = (text: string): Run[] => (text === '' ? [] : [{ kind: 'same', text }])

/**
 * The runs after one more edit. What is one's own stands in them as such. What others put in is as if it had always been there, and what they take out
 * as if it never had: so everybody's changes can be told apart though they write in between each other.
 */
export function editRuns(runs: readonly Run[], edit: readonly EditStep[], isOwn: boolean): Run[] {
  const next: Run[] = []
  const add = (kind: Run['kind'], text: string): void => {
    const last = next.at(-1)
    if (text === '') return
    if (last?.kind === kind) next[next.length - 1] = { kind, text: last.text + text }
    else next.push({ kind, text })
  }
  let at = 0
  let within = 0
  /** Goes on by so many letters of what the text reads. */
  const go = (letters: number, see: (run: Run) => void): void => {
    for (let left = letters; left > 0; ) {
      const run = runs[at]
      if (!run) return
      const part = run.kind === 'removed' ? run.text : run.text.slice(within, within + left)
      if (run.kind === 'removed') add('removed', part)
      else {
        see({ kind: run.kind, text: part })
        left -= part.length
      }
      within += part.length
      if (within < run.text.length) continue
      at++
      within = 0
    }
  }
  const keep = ({ kind, text }: Run): void => add(kind, text)
  const takeOut = ({ kind, text }: Run): void => {
    if (isOwn && kind === 'same') add('removed', text)
  }
  for (const step of edit) {
    if (step.retain) go(step.retain, keep)
    else if (step.delete) go(step.delete, takeOut)
    else if (typeof step.insert === 'string') add(isOwn ? 'added' : 'same', step.insert)
  }
  for (const run of runs.slice(at)) {
    add(run.kind, run.text.slice(within))
    within = 0
  }
  return next
}
