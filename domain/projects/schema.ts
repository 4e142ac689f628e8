import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'
import { lostValues } from '#domain/core/lost-values.ts'

/** What linking a repository found out about it. */
export const gitRepositoryInfo = z.object({
  path: z.string(),
  remoteUrl: z.string().nullable(),
  defaultBranch: z.string(),
  headCommit: z.string().nullable(),
})
export type GitRepositoryInfo = z.output<typeof gitRepositoryInfo>

export const projectName = z.string().trim().min(1, 'A project needs a name.').max(255, 'A project name can have at most 255 characters.')

export const projects = defineCollection({
  name: 'projects',
  room: 'team',
  schema: z.object({
    name: projectName,
    description: z.string().max(10_000, 'A description can have at most 10,000 characters.').default(''),
    key: z.string().default('APP'),
    gitRepositoryInfo: gitRepositoryInfo.nullable().default(null),
    defaultAgentWorkingDir: z.string().nullable().default(null),
    remoteProjectId: z.string().nullable().default(null),
    archived: z.boolean().default(false),
    /** Deleted, and can still be restored. Only the server writes it, for an admin, and goes by what it noted itself. */
    deletedAt: z.number().nullable().default(null),
    deletedBy: z.string().nullable().default(null),
    lost: lostValues,
  }),
  contested: ['name', 'description'],
  indexes: [['name']],
})
export type Project = RowOf<typeof projects>

/** A git repository on the runner's machine, shared by projects. Written by the server after the runner looked at it. */
export const repos = defineCollection({
  name: 'repos',
  room: 'team',
  schema: z.object({
    path: z.string(),
    url: z.string().nullable().default(null),
    name: z.string(),
    displayName: z.string().default(''),
    setupScript: z.string().nullable().default(null),
    cleanupScript: z.string().nullable().default(null),
    archiveScript: z.string().nullable().default(null),
    copyFiles: z.string().nullable().default(null),
    parallelSetupScript: z.boolean().default(false),
    devServerScript: z.string().nullable().default(null),
    defaultTargetBranch: z.string().nullable().default(null),
    defaultWorkingDir: z.string().nullable().default(null),
    latestCommit: z.string().nullable().default(null),
  }),
  indexes: [['path']],
})
export type Repo = RowOf<typeof repos>

/** A project's use of a repository, with what it overrides. */
export const projectRepos = defineCollection({
  name: 'projectRepos',
  room: 'project',
  schema: z.object({
    projectId: z.string(),
    repoId: z.string(),
    setupScript: z.string().nullable().default(null),
    cleanupScript: z.string().nullable().default(null),
    copyFiles: z.string().nullable().default(null),
    parallelSetupScript: z.boolean().nullable().default(null),
  }),
  indexes: [['projectId']],
})
export type ProjectRepo = RowOf<typeof projectRepos>

/** What a project demands, under the project's id. A fact: only the server writes it, for an admin. */
export const projectDemands = defineCollection({
  name: 'projectDemands',
  room: 'record',
  schema: z.object({
    /** Attempts start from approved versions of prompts only. */
    approvedPrompts: z.boolean().default(false),
    by: z.string().default(''),
    at: z.number().default(0),
  }),
})
export type ProjectDemands = RowOf<typeof projectDemands>
