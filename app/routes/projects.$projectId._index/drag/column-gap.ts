/** A column as it stands on the screen. */
export type Lane = { id: string; left: number; right: number }

/** Where a column in hand would land: before which other one, null at the right end; and where the line goes that shows it. */
export type ColumnGap = { beforeId: string | null; lineAt: number }

/** BOARD-29: the place between columns, given from the left, that is nearest to a pointer; null where the column in hand stands already. */
export function columnGapAt(x: number, lanes: readonly Lane[], heldId: string): ColumnGap | null {
  const held = lanes.findIndex(({ id }) => id === heldId)
  const past = lanes.findIndex(({ left, right }) => x < (left + right) / 2)
  const at = past < 0 ? lanes.length : past
  if (at === held || at === held + 1) return null
  const [before, next] = [lanes[at - 1], lanes[at]]
  const lineAt = before && next ? (before.right + next.left) / 2 : (next?.left ?? before?.right ?? x)
  return { beforeId: next?.id ?? null, lineAt }
}
