import { access, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Git } from '#runner/git/git.ts'
import type { Seal } from './seal.ts'

/** What the runner keeps on disk about an attempt's worktree: enough to find, check, salvage and clear it after any crash. */
export type WorkspaceRecord = {
  attemptId: string
  repoPath: string
  branch: string
  targetBranch: string
  baseCommit: string
  /** The worktree's folder and its git folder inside the repository. */
  path: string
  gitDir: string
  /** False until every file is checked out: before that there is nothing of anybody's to save. */
  ready: boolean
  /** The run at work there, until what it did is committed or kept; null when it is. Absent where an older runner wrote the record. */
  run?: string | null
  seal: Seal | null
}

/** An attempt's worktree with its files in place; `git` never reads the `.git` file an agent could write. */
export type Workspace = { record: WorkspaceRecord; git: Git; fresh: boolean }

/** Where the runner keeps its own things. */
export type RunnerFolders = { data: string; worktrees: string; attempts: string; processes: string; home: string }

/** Names the folders under the runner's data folder and makes them. Throws where one cannot be written. */
export async function makeFolders(data: string): Promise<RunnerFolders> {
  const folders = {
    data,
    worktrees: join(data, 'worktrees'),
    attempts: join(data, 'attempts'),
    processes: join(data, 'processes'),
    home: join(data, 'home'),
  }
  for (const folder of Object.values(folders)) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
  }
  return folders
}

const fileOf = (folders: RunnerFolders, attemptId: string): string => join(folders.attempts, `${attemptId}.json`)

/** Writes the record so that a reader sees the old one or the new one, never half. */
export async function keepRecord(folders: RunnerFolders, record: WorkspaceRecord): Promise<void> {
  const file = fileOf(folders, record.attemptId)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(`${file}.new`, JSON.stringify(record), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** WORKSPACE-10: notes that a run is at work in a worktree, before its agent may touch it. */
export async function takeInHand(folders: RunnerFolders, record: WorkspaceRecord, run: string): Promise<void> {
  record.run = run
  await keepRecord(folders, record)
}

/** WORKSPACE-10: notes that what a run did there is committed or kept; another run that is at work by now is not said to be over. */
export async function letOutOfHand(folders: RunnerFolders, { attemptId, run }: WorkspaceRecord): Promise<void> {
  const record = await findRecord(folders, attemptId)
  if (record && record.run === run) await keepRecord(folders, { ...record, run: null })
}

/** The record of an attempt; undefined when this runner never had it. */
export async function findRecord(folders: RunnerFolders, attemptId: string): Promise<WorkspaceRecord | undefined> {
  const text = await readFile(fileOf(folders, attemptId), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as WorkspaceRecord)
}
