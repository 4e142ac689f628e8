import { parsePatch, type StructuredPatch } from 'diff'
import type { ChangeData, HunkData } from 'react-diff-view'

export type FileKind = 'add' | 'delete' | 'modify' | 'rename' | 'copy'
export type DiffFile = {
  /** Where the file is now (or was, when it is deleted): its key and its name in the tree. */
  path: string
  /** Where it was before, when it moved. */
  from: string | null
  kind: FileKind
  isBinary: boolean
  /** `100644 → 100755`, when only or also the mode changed. */
  mode: { from: string; to: string } | null
  /** What git calls the new content of a binary file: all there is to tell two of its states apart. */
  object: string | null
  added: number
  removed: number
  hunks: HunkData[]
}

/** DIFF-1: the files of a git patch, drawn from `diff`'s own reading of it (gitdiff-parser misreads new empty files, quoted paths and binaries). */
export function filesOf(patch: string): DiffFile[] {
  if (patch.trim() === '') return []
  const heads = patch.split(/^diff --git /m).slice(1)
  return parsePatch(patch).flatMap((file, at) =>
    file.oldFileName === undefined && file.newFileName === undefined ? [] : [fileOf(file, heads[at] ?? '')],
  )
}

function fileOf(file: StructuredPatch, head: string): DiffFile {
  const before = nameOf(file.oldFileName)
  const after = nameOf(file.newFileName)
  const hunks = file.hunks.map(hunkOf)
  const kind: FileKind = file.isCreate
    ? 'add'
    : file.isDelete
      ? 'delete'
      : file.isRename
        ? 'rename'
        : file.isCopy
          ? 'copy'
          : after === null
            ? 'delete'
            : before === null
              ? 'add'
              : 'modify'
  return {
    path: (kind === 'delete' ? before : after) ?? before ?? after ?? '',
    from: before !== null && after !== null && before !== after ? before : null,
    kind,
    isBinary: file.isBinary ?? false,
    mode: file.oldMode && file.newMode && file.oldMode !== file.newMode ? { from: file.oldMode, to: file.newMode } : null,
    object: file.isBinary ? (/^index [0-9a-f]+\.\.([0-9a-f]+)/m.exec(head)?.[1] ?? null) : null,
    ...countsOf(hunks),
    hunks,
  }
}

/** How many lines hunks put in and take out. */
export function countsOf(hunks: readonly HunkData[]): { added: number; removed: number } {
  const count = (type: ChangeData['type']) =>
    hunks.reduce((sum, { changes }) => sum + changes.filter((change) => change.type === type).length, 0)
  return { added: count('insert'), removed: count('delete') }
}

/** Git writes `a/path` and `b/path`, and /dev/null where there is no file. */
function nameOf(name: string | undefined): string | null {
  if (name === undefined || name === '/dev/null') return null
  return name.replace(/^[ab]\//, '')
}

/** DIFF-2: a hunk as react-diff-view draws it; every line counts on the side or sides it stands on. */
export function hunkOf({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatch['hunks'][number]): HunkData {
  let oldLine = oldStart
  let newLine = newStart
  const changes: ChangeData[] = []
  for (const line of lines) {
    const content = line.slice(1)
    if (line.startsWith('+')) changes.push({ type: 'insert', isInsert: true, lineNumber: newLine++, content })
    else if (line.startsWith('-')) changes.push({ type: 'delete', isDelete: true, lineNumber: oldLine++, content })
    else if (!line.startsWith('\\'))
      changes.push({ type: 'normal', isNormal: true, oldLineNumber: oldLine++, newLineNumber: newLine++, content })
  }
  const span = (start: number, count: number) => (count === 1 ? `${start}` : `${start},${count}`)
  return { content: `@@ -${span(oldStart, oldLines)} +${span(newStart, newLines)} @@`, oldStart, oldLines, newStart, newLines, changes }
}

/** DIFF-3: from this many changed lines on a file is shown closed, so that one generated file cannot bury the rest. */
export const BIG_FILE = 400
