import { applyPatch, parsePatch, type StructuredPatch } from 'diff'

/** One file of a patch worked out: its new text, or undefined to delete it. */
export type PatchStep = { path: string; full: string; text: string | undefined }
export type PatchPlan = { ok: true; steps: PatchStep[] } | { ok: false; why: string }
export type LookUp = (path: string) => Promise<{ ok: true; full: string; text: string | undefined } | { ok: false; why: string }>

/** HANDS-3: works a unified diff out in memory, file by file. The first thing that does not fit refuses the whole, with the hunk that failed. */
export async function planPatch(patch: string, lookUp: LookUp): Promise<PatchPlan> {
  let files: StructuredPatch[]
  try {
    files = parsePatch(patch).filter((file) => file.hunks.length > 0 || file.oldFileName !== undefined)
  } catch (error) {
    return {
      ok: false,
      why: `The patch cannot be read as a unified diff: ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
    }
  }
  if (files.length === 0 || files.every((file) => file.hunks.length === 0))
    return { ok: false, why: 'The patch holds no hunk. Send a unified diff with ---, +++ and @@ lines. Nothing was changed.' }
  const steps = new Map<string, PatchStep>()
  for (const file of files) {
    const [oldName, newName] = [nameOf(file.oldFileName), nameOf(file.newFileName)]
    if (oldName === undefined && newName === undefined) return { ok: false, why: 'The patch names no file. Nothing was changed.' }
    const source = oldName ?? newName ?? ''
    const target = newName ?? source
    const [from, to] = [await lookUp(source), await lookUp(target)]
    if (!from.ok) return from
    if (!to.ok) return to
    const before = steps.get(source)?.text ?? from.text
    if (oldName !== undefined && before === undefined)
      return { ok: false, why: `There is no file ${source} to patch. Nothing was changed.` }
    if (oldName === undefined && before !== undefined)
      return { ok: false, why: `${target} exists already; the patch would create it. Nothing was changed.` }
    const after = applyPatch(before ?? '', file, { fuzzFactor: 0 })
    if (after === false) return { ok: false, why: `${failing(before ?? '', file, target)} Nothing was changed.` }
    if (source !== target) steps.set(source, { path: source, full: from.full, text: undefined })
    steps.set(target, { path: target, full: to.full, text: newName === undefined ? undefined : after })
  }
  return { ok: true, steps: [...steps.values()] }
}

/** `a/src/x.ts` as the path it means; undefined for `/dev/null`. */
function nameOf(name: string | undefined): string | undefined {
  if (name === undefined || name === '/dev/null') return undefined
  return name.replace(/^[ab]\//, '').replace(/\t.*$/, '')
}

function failing(before: string, file: StructuredPatch, path: string): string {
  const at = file.hunks.findIndex(
    (_, last) => applyPatch(before, { ...file, hunks: file.hunks.slice(0, last + 1) }, { fuzzFactor: 0 }) === false,
  )
  const hunk = file.hunks[Math.max(0, at)]
  if (!hunk) return `The patch does not fit ${path}.`
  const head = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`
  return `Hunk ${Math.max(0, at) + 1} of ${file.hunks.length} does not fit ${path}:\n${head}\n${hunk.lines.slice(0, 30).join('\n')}\nRead the file again and send a patch that matches it.`
}
