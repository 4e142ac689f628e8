import { v7 as newId } from 'uuid'
import type { Queries } from '#server/postgres/pool.ts'

/** A linked repository as the server itself knows it: paths a runner works in come from here, never from a document. */
export type StoredRepo = { id: string; path: string; name: string; defaultBranch: string }

const COLUMNS = 'id, path, name, default_branch as "defaultBranch"'

/** One repository, or undefined. */
export async function findRepo(db: Queries, id: string): Promise<StoredRepo | undefined> {
  return (await db.query<StoredRepo>(`select ${COLUMNS} from repos where id = $1`, [id])).rows[0]
}

/** The repository at a path: one record however often it is linked. */
export async function keepRepo(db: Queries, found: Omit<StoredRepo, 'id'>): Promise<StoredRepo> {
  const { rows } = await db.query<StoredRepo>(
    `insert into repos (id, path, name, default_branch, created_at) values ($1, $2, $3, $4, $5)
     on conflict (path) do update set name = excluded.name, default_branch = excluded.default_branch returning ${COLUMNS}`,
    [newId(), found.path, found.name, found.defaultBranch, Date.now()],
  )
  return rows[0] ?? { id: '', ...found }
}

/** The branches attempts have taken in a repository. */
export async function takenBranches(db: Queries, repoId: string): Promise<Set<string>> {
  const { rows } = await db.query<{ branch: string }>('select branch from branches where repo_id = $1', [repoId])
  return new Set(rows.map((row) => row.branch))
}

/** Takes a branch name for an attempt. False where another has it. */
export async function takeBranch(db: Queries, repoId: string, branch: string, attemptId: string): Promise<boolean> {
  const { rowCount } = await db.query('insert into branches (repo_id, branch, attempt_id) values ($1, $2, $3) on conflict do nothing', [
    repoId,
    branch,
    attemptId,
  ])
  return rowCount === 1
}
