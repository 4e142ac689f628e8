import type { SqlQuery } from '#domain/core/query.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'
import type { Prompt } from '#domain/prompts/schema.ts'

/** A merge with what it changed. */
export type MergedFiles = { id: string; taskId: string; mergedAt: number; paths: string[] }

/** Every merge of a project, with the files its commits touched. */
export function mergedFiles(projectId: string): SqlQuery<MergedFiles> {
  const room = recordRoom(projectId)
  const found = sql`
    select m.id, min(c."taskId") as "taskId", m."mergedAt", json_agg(distinct f.change->>'path') as paths
    from merges m join commits c on c."attemptId" = m."attemptId" and c.room = m.room,
      lateral jsonb_array_elements(c.changes) as f(change)
    where m.room = ${room} and m.status = 'merged' and m."mergedAt" is not null
    group by m.id, m."mergedAt" order by m."mergedAt", m.id`
  return sqlQuery(['merges', 'commits'], found)
}

/** Words that look like a file: with a folder before them, or an ending behind. */
const FILE = /(?:[\p{L}\p{N}_@.-]+\/)*[\p{L}\p{N}_@-][\p{L}\p{N}_@.-]*(?:\/[\p{L}\p{N}_@.-]+|\.[A-Za-z]\w{0,7})/gu

/** The files a text names. */
export const namedFiles = (text: string): string[] => [
  ...new Set([...text.matchAll(FILE)].map(([name]) => name.replace(/^\.\//, '').replace(/\.$/, ''))),
]

export type Drift = { mergeId: string; taskId: string; mergedAt: number; paths: string[] }

/**
 * PROMPT-8: merges since a version was written that touched a file it names, and that nobody has looked at for it: "code
 * changed since". A name without its whole path means every file that ends so.
 */
export function driftOf(version: Pick<Prompt, 'content' | 'createdAt' | 'seen'>, merged: readonly MergedFiles[]): Drift[] {
  const later = merged.filter(({ id, mergedAt }) => mergedAt > version.createdAt && !version.seen.includes(id))
  if (later.length === 0) return []
  const names = namedFiles(version.content)
  return later.flatMap(({ id, taskId, mergedAt, paths }) => {
    const touched = paths.filter((path) => names.some((name) => path === name || path.endsWith(`/${name}`)))
    return touched.length > 0 ? [{ mergeId: id, taskId, mergedAt, paths: touched }] : []
  })
}
