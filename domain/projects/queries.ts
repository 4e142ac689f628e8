import { listRows, type SqlQuery } from '#domain/core/query.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'
import { projectDemands, projectRepos, projects, repos } from './schema.ts'

/** The projects people work in (or, with true, the archived ones). */
export const projectsList = (archived = false) =>
  listRows(projects, ['name', 'description', 'key', 'gitRepositoryInfo', 'archived', 'createdAt', 'updatedAt'], {
    archived,
    deletedAt: null,
  })

/** A project that can be restored. */
export type DeletedProject = { id: string; name: string; key: string; deletedAt: number; deletedBy: string | null }

/** The deleted projects that can be restored, the one deleted last first. */
export function deletedProjects(): SqlQuery<DeletedProject> {
  const found = sql`
    select id, name, key, "deletedAt", "deletedBy" from projects where "deletedAt" is not null order by "deletedAt" desc, id`
  return sqlQuery(['projects'], found)
}

/** One project, as a list of at most one. */
export const projectById = (id: string) =>
  listRows(
    projects,
    ['name', 'description', 'key', 'gitRepositoryInfo', 'defaultAgentWorkingDir', 'archived', 'deletedAt', 'deletedBy', 'createdAt'],
    { id },
  )

/** Every linked repository of the team. */
export const reposList = () => listRows(repos, ['path', 'url', 'name', 'displayName', 'defaultTargetBranch', 'latestCommit'], {})

/** Which repositories a project uses. */
export const reposOfProject = (projectId: string) => listRows(projectRepos, ['projectId', 'repoId'], { room: projectRoom(projectId) })

/** What a project demands, as a list of at most one. */
export const demandsOf = (projectId: string) =>
  listRows(projectDemands, ['approvedPrompts', 'by', 'at'], { room: recordRoom(projectId), id: projectId })
