import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attempt, attempts } from '#domain/attempts/schema.ts'
import { commits } from '#domain/changes/schema.ts'
import { LEASE_MS } from '#domain/sessions/rules.ts'
import { processes } from '#domain/sessions/schema.ts'
import { fingerprint, type TestRepository, testRepository } from '../fakes/git-repository.ts'
import { FAKE_KEY, type FakeOpenAi, fakeOpenAi } from '../fakes/openai-server.ts'
import { Slipway } from '../harness/slipway.ts'
import { TeamAtWork } from '../harness/team-at-work.ts'
import { waitUntil } from '../harness/wait-until.ts'
import { CYCLES, killingDice } from './cycles.ts'

let slipway: Slipway
let team: TeamAtWork
let repo: TestRepository
let model: FakeOpenAi
let modelId: string

beforeAll(async () => {
  repo = testRepository()
  model = await fakeOpenAi()
  slipway = await Slipway.start()
  team = await TeamAtWork.open(slipway)
  await team.api.repos.link.mutate({ projectId: team.projectId, path: repo.path })
  const fields = {
    name: 'fake',
    displayName: 'Fake',
    providerType: 'openai_compatible',
    baseUrl: model.url,
    modelName: 'fake-small',
  } as const
  modelId = (await team.api.models.save.mutate({ ...fields, apiKey: FAKE_KEY, usageType: 'general', isActive: true })).modelId
})
afterAll(async () => {
  team?.close()
  await slipway?.end()
  await model?.close()
  repo?.gone()
})

type TurnRow = { id: string; status: string; lease_until: string | null }

const turnsOf = (attemptId: string): Promise<TurnRow[]> =>
  slipway.sql<TurnRow>('select id, status, lease_until from turns where attempt_id = $1 order by created_at, id', [attemptId])
const isInHand = (turn: TurnRow | undefined): boolean => turn?.status === 'leased' || turn?.status === 'running'
const attemptOf = (id: string): Attempt | undefined => team.record.get(attempts, id)
const runningProcesses = (attemptId: string) =>
  team.record.all(processes).filter((process) => process.attemptId === attemptId && process.status === 'running')

/** An hour of silence in a moment: the leases of a dead runner end now. */
const passTime = (attemptId: string): Promise<unknown> =>
  slipway.sql("update turns set lease_until = 1 where attempt_id = $1 and status in ('leased', 'running')", [attemptId])

test(`R01 ${CYCLES} kill -9 of the runner with a turn under way: it is interrupted, nothing stays running, nothing is done twice`, async () => {
  const dice = killingDice('runner kills')
  const before = fingerprint(repo)
  const started: string[] = []
  let left: { attemptId: string; until: number } | undefined
  let hits = 0
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const byModel = cycle % 2 === 0
    model.pull({ chunkDelayMs: byModel ? 10 + Math.floor(dice() * 30) : 0 })
    const taskId = await team.addTask(`Card ${cycle}`)
    const attemptId = newId()
    await team.api.attempts.start.mutate({ attemptId, projectId: team.projectId, taskId, modelId: byModel ? modelId : 'builtin' })
    started.push(attemptId)
    await waitUntil('the runner to take the turn', async () => (await turnsOf(attemptId))[0]?.status !== 'waiting')
    await sleep(dice() * (byModel ? 600 : 150))
    await slipway.kill('runner')
    const asked = model.journal.length
    const [turn] = await turnsOf(attemptId)
    if (isInHand(turn)) hits++
    if (isInHand(turn) && !left) {
      // The first one is left to the lease itself, while the others go on.
      left = { attemptId, until: Number(turn?.lease_until) }
      model.pull({})
      await slipway.startRunner()
      continue
    }
    await passTime(attemptId)
    await waitUntil('the turn to be over', async () => !isInHand((await turnsOf(attemptId))[0]))
    // Its finish may have been on its way when the runner was killed: then it is done.
    const wasInterrupted = isInHand(turn) && (await turnsOf(attemptId))[0]?.status !== 'done'
    if (wasInterrupted) await waitUntil('the record to say so', () => attemptOf(attemptId)?.status === 'interrupted')
    expect(runningProcesses(attemptId)).toEqual([])
    expect(model.journal.length - asked, 'nobody asks the model while no runner runs').toBeLessThanOrEqual(0)
    model.pull({})
    await slipway.startRunner()
    if (wasInterrupted) await team.api.attempts.resume.mutate({ projectId: team.projectId, attemptId })
    await expectDoneOnce(attemptId)
  }
  if (left) {
    const { attemptId, until } = left
    await waitUntil(
      'the lease to end by itself',
      () => ['interrupted', 'succeeded'].includes(attemptOf(attemptId)?.status ?? ''),
      Math.max(0, until - Date.now()) + 10_000,
    )
    expect(until).toBeLessThanOrEqual(Date.now() + LEASE_MS)
    expect(runningProcesses(attemptId)).toEqual([])
    if (attemptOf(attemptId)?.status === 'interrupted') await team.api.attempts.resume.mutate({ projectId: team.projectId, attemptId })
    await expectDoneOnce(attemptId)
  }
  console.log(`runner kills: ${hits} of ${CYCLES} met a turn under way`)
  expect(hits).toBeGreaterThan(CYCLES / 4)
  expect(new Set(started).size).toBe(CYCLES)
  expect(fingerprint(repo), 'the person’s own checkout is as it was').toBe(before)
})

/** The attempt succeeded, and its branch holds each recorded commit once and no other. */
async function expectDoneOnce(attemptId: string): Promise<void> {
  const ended = await waitUntil(
    'the attempt to end',
    () => {
      const attempt = attemptOf(attemptId)
      return attempt && ['succeeded', 'failed', 'cancelled'].includes(attempt.status) && attempt
    },
    60_000,
  )
  expect(ended, ended.reason ?? '').toMatchObject({ status: 'succeeded' })
  expect((await turnsOf(attemptId)).filter(({ status }) => status === 'done')).toHaveLength(1)
  expect(runningProcesses(attemptId)).toEqual([])
  const onBranch = repo.git('log', '--format=%H', `main..${ended.branch}`).split('\n').filter(Boolean)
  const recorded = await waitUntil('the commits to be recorded', () => {
    const found = team.record.all(commits).filter((commit) => commit.attemptId === attemptId)
    return found.length >= onBranch.length && found
  })
  expect(recorded.map(({ sha }) => sha).sort()).toEqual([...onBranch].sort())
  expect(onBranch).toHaveLength(1)
}
