import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { gitRepositoryInfo, projectRepos, projects, repos } from './schema.ts'

/** Links a repository the runner looked at to a project. Run by the server alone. Answers the repository's row. */
export const linkRepo = defineCommand({
  name: 'linkRepo',
  input: z.object({ projectId: z.uuid(), repoId: z.string(), name: z.string(), info: gitRepositoryInfo }),
  rooms: ({ projectId }) => [teamRoom, projectRoom(projectId)],
  run(tx, { projectId, repoId, name, info }) {
    const team = tx.room(teamRoom)
    if (!team.get(projects, projectId)) return refuse('project-not-found', 'That project is gone. Somebody may have deleted it.')
    const found = { path: info.path, url: info.remoteUrl, name, defaultTargetBranch: info.defaultBranch, latestCommit: info.headCommit }
    if (team.get(repos, repoId)) team.update(repos, repoId, found)
    else team.create(repos, { id: repoId, displayName: name, ...found })
    team.update(projects, projectId, { gitRepositoryInfo: info })
    tx.room(projectRoom(projectId)).create(projectRepos, { id: derivedId(projectId, repoId), projectId, repoId })
    return accept(team.get(repos, repoId))
  },
})

/** PROJECT-5: a repository's default branch has moved, as a merge here has it: every project that works in it shows where to. Run by the server alone. */
export const noteHead = defineCommand({
  name: 'noteHead',
  input: z.object({ repoId: z.string(), branch: z.string(), headCommit: z.string() }),
  rooms: () => [teamRoom],
  run(tx, { repoId, branch, headCommit }) {
    const team = tx.room(teamRoom)
    const repo = team.get(repos, repoId)
    if (repo?.defaultTargetBranch !== branch) return accept()
    team.update(repos, repoId, { latestCommit: headCommit })
    for (const { id, gitRepositoryInfo: info } of team.pick(projects, ['gitRepositoryInfo']))
      if (info?.path === repo.path) team.update(projects, id, { gitRepositoryInfo: { ...info, headCommit } })
    return accept()
  },
})
