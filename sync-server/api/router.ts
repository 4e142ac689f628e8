import { attemptsRouter } from './attempts.ts'
import { interviewsRouter, proposalsRouter } from './interviews.ts'
import { invitesRouter } from './invites.ts'
import { logsRouter } from './logs.ts'
import { membersRouter } from './members.ts'
import { modelsRouter } from './models.ts'
import { parcelsRouter } from './parcels.ts'
import { picturesRouter } from './pictures.ts'
import { plansRouter } from './plans.ts'
import { projectsRouter } from './projects.ts'
import { promptsRouter } from './prompts.ts'
import { reposRouter } from './repos.ts'
import { runnerRouter } from './runner.ts'
import { schedulesRouter } from './schedules.ts'
import { sessionRouter } from './session.ts'
import { settingsRouter } from './settings.ts'
import { teamRouter } from './team.ts'
import { tokensRouter } from './tokens.ts'
import { router } from './trpc.ts'
import { turnsRouter } from './turns.ts'

/** Everything that can be called: what costs money, runs a process, moves a branch, grants a right or touches a secret. */
export const appRouter = router({
  session: sessionRouter,
  invites: invitesRouter,
  members: membersRouter,
  tokens: tokensRouter,
  models: modelsRouter,
  settings: settingsRouter,
  team: teamRouter,
  repos: reposRouter,
  parcels: parcelsRouter,
  pictures: picturesRouter,
  attempts: attemptsRouter,
  schedules: schedulesRouter,
  logs: logsRouter,
  interviews: interviewsRouter,
  proposals: proposalsRouter,
  prompts: promptsRouter,
  plans: plansRouter,
  projects: projectsRouter,
  turns: turnsRouter,
  runner: runnerRouter,
})

/** All the browser and the runner know of the server. */
export type AppRouter = typeof appRouter
