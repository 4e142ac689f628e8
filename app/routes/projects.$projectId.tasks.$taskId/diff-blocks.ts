import type { ChangeData } from 'react-diff-view'

/** The lines of one kind that follow each other from a place on; none where another stands there. */
export function runOf<L extends Pick<ChangeData, 'type'>>(lines: readonly L[], from: number, type: ChangeData['type']): L[] {
  let to = from
  while (lines[to]?.type === type) to++
  return lines.slice(from, to)
}
