import { recordEvent } from '#domain/changes/commands.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { advanceSchedule, endSchedule, recordSchedule } from '#domain/schedules/commands.ts'
import { decideTime, GRACE_MS } from '#domain/schedules/rules.ts'
import { type Repeats, schedules } from '#domain/schedules/schema.ts'
import { copyTask } from '#domain/tasks/copy-task.ts'
import { call, GUARD_FAILED } from '#server/documents/documents.ts'
import type { Identity } from '#server/gate/identity.ts'
import { findMember } from '#server/gate/members.ts'
import { mayCall } from '#server/gate/policy.ts'
import { type AttemptParts, startAttempt } from '#server/record/attempts.ts'
import { chooseAgent } from '#server/record/choose-agent.ts'
import { plansForCopy } from '#server/record/plans.ts'
import { decideStart, readProject, readRepo, readTask } from '#server/record/read-task.ts'
import { isTimeZone, nextTime } from './next-time.ts'
import { dropSchedule, findDue, isRunnerThere, passSchedule, putSchedule, type StoredSchedule } from './stored-schedules.ts'

type Wanted = {
  projectId: string
  taskId: string
  scheduleId: string
  modelId: string
  targetBranch: string | null
  at: number
  repeats: Repeats
  timeZone: string
}

/**
 * Has work at a card begin later. What would refuse a start now refuses it too, while whoever asks is there to read it. The same id again changes
 * what was set before.
 */
export async function setSchedule({ db, documents }: AttemptParts, who: Identity, wanted: Wanted): Promise<Answer<{ scheduleId: string }>> {
  const { projectId, taskId, scheduleId: id } = wanted
  const timely = decideTime(wanted.at, Date.now())
  if (!timely.ok) return timely
  if (!isTimeZone(wanted.timeZone)) return refuse('time-zone-unknown', `There is no time zone ${wanted.timeZone}.`, 'timeZone')
  const [task, repo, agent] = await Promise.all([
    readTask(documents, projectId, taskId),
    readRepo(db, documents, projectId),
    chooseAgent(db, wanted.modelId),
  ])
  if (!task.ok) return task
  const allowed = decideStart(task.value)
  if (!allowed.ok) return allowed
  if (!repo.ok) return repo
  if (!agent.ok) return agent
  const modelLabel = agent.value.kind === 'model' ? agent.value.label : 'Built-in'
  const calls = [
    call(recordSchedule, { ...wanted, modelLabel }, who.memberId),
    call(recordEvent, { projectId, taskId, action: 'schedule.set', target: id, message: `With ${modelLabel}.` }, who.memberId),
  ]
  const { scheduleId: _, ...stored } = wanted
  const done = await documents.edit(calls, (client) => putSchedule(client, { ...stored, id, askedBy: who.memberId }))
  if (done.ok) return accept({ scheduleId: id })
  return done.code === GUARD_FAILED ? atAnotherCard() : done
}

const atAnotherCard = () => refuse('schedule-elsewhere', 'That start is set at another card. Open that card to change it.')

/** Takes a schedule off its card. One that began, or was taken off, stays so. */
export async function cancelSchedule(
  { documents }: AttemptParts,
  who: Identity,
  { projectId, taskId, scheduleId }: Pick<Wanted, 'projectId' | 'taskId' | 'scheduleId'>,
): Promise<Answer> {
  const known = await documents.row(recordRoom(projectId), schedules, scheduleId)
  if (!known) return accept()
  if (known.taskId !== taskId) return atAnotherCard()
  const calls = [
    call(endSchedule, { projectId, scheduleId }, who.memberId),
    call(recordEvent, { projectId, taskId, action: 'schedule.cancelled', target: scheduleId, message: '' }, who.memberId),
  ]
  const done = await documents.edit(calls, async (client) => {
    await dropSchedule(client, { id: scheduleId, projectId, taskId })
    return true
  })
  return done.ok ? accept() : done
}

/**
 * SCHEDULE-4: begins what is due, each time once however many servers look: the attempt's id follows from the schedule and its time. Where no runner is there
 * it waits for one, five minutes at most; then, and where the start is refused, the time is missed, with a sentence that says why.
 */
export async function startDue(parts: AttemptParts, now: number): Promise<void> {
  const due = await findDue(parts.db, now)
  if (due.length === 0) return
  const hasRunner = await isRunnerThere(parts.db, now)
  let trouble: { thrown: unknown } | null = null
  for (const schedule of due) {
    try {
      if (now - schedule.at > GRACE_MS) await miss(parts, schedule, now, NO_RUNNER)
      else if (hasRunner) await begin(parts, schedule, now)
    } catch (thrown) {
      // One that cannot be looked after keeps none of the others waiting.
      trouble ??= { thrown }
    }
  }
  if (trouble) throw trouble.thrown
}

const NO_RUNNER = 'No runner was connected at that time.'

/** Nobody looks at the card any more: there is nothing to begin, now or again. */
const GONE: ReadonlySet<string> = new Set(['task-not-found', 'project-not-found'])

async function begin(parts: AttemptParts, schedule: StoredSchedule, now: number): Promise<void> {
  const started = await start(parts, schedule)
  if (!started.ok && !GONE.has(started.code)) return await miss(parts, schedule, now, started.message)
  const { id: scheduleId, projectId, askedBy } = schedule
  const next = started.ok ? nextOf(schedule, now) : null
  const passed =
    next === null
      ? call(endSchedule, { projectId, scheduleId }, askedBy)
      : call(advanceSchedule, { projectId, scheduleId, at: next, missed: null }, askedBy)
  await pass(parts, schedule, next, [passed])
}

async function miss(parts: AttemptParts, schedule: StoredSchedule, now: number, reason: string): Promise<void> {
  const { id: scheduleId, projectId, taskId, at } = schedule
  const next = nextOf(schedule, now)
  const calls = [
    call(advanceSchedule, { projectId, scheduleId, at: next ?? at, missed: { at, reason } }, SYSTEM),
    call(recordEvent, { projectId, taskId, action: 'schedule.missed', target: scheduleId, message: reason }, SYSTEM),
  ]
  await pass(parts, schedule, next, calls)
}

const nextOf = ({ at, repeats, timeZone }: StoredSchedule, now: number) => nextTime(at, repeats, timeZone, Math.max(at, now))

async function pass(parts: AttemptParts, schedule: StoredSchedule, next: number | null, calls: Parameters<typeof parts.documents.edit>[0]) {
  const done = await parts.documents.edit(calls, (client) => passSchedule(client, schedule, next))
  // Another server was quicker, or somebody changed it meanwhile: either way it has been seen to.
  if (!done.ok && done.code !== GUARD_FAILED) throw new Error(done.message)
}

/** In the name of whoever set it, with the rights that person has by now. One that repeats begins at a copy of its card, so that each time has a card of its own. */
async function start(parts: AttemptParts, schedule: StoredSchedule): Promise<Answer<unknown>> {
  const { id, projectId, modelId, at, repeats } = schedule
  const targetBranch = schedule.targetBranch ?? undefined
  const member = await findMember(parts.db, schedule.askedBy)
  if (!member?.isActive || !mayCall(member.role, 'attempts.start'))
    return refuse('forbidden', `${member?.username ?? 'Whoever set this'} may not start attempts any more.`)
  const who: Identity = { memberId: member.id, name: member.username, email: member.email, role: member.role, by: 'token', pass: '' }
  const attemptId = derivedId(id, String(at))
  if (repeats === 'never') return await startAttempt(parts, who, { projectId, attemptId, taskId: schedule.taskId, modelId, targetBranch })
  const project = await readProject(parts.documents, projectId)
  if (!project.ok) return project
  const taskId = derivedId(attemptId, 'card')
  const copied = await parts.documents.edit([
    call(copyTask, { projectId, key: project.value.key, taskId: schedule.taskId, id: taskId, status: 'todo' }, who.memberId),
    ...(await plansForCopy(parts.documents, projectId, schedule.taskId, taskId)),
  ])
  return copied.ok ? await startAttempt(parts, who, { projectId, attemptId, taskId, modelId, targetBranch }) : copied
}
