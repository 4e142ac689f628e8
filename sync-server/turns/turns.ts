import { v7 as newId } from 'uuid'
import { describeAttempt } from '#domain/attempts/commands.ts'
import { attempts } from '#domain/attempts/schema.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import type { AgentSpec, Claim, RunEvent, TurnEnd, TurnKind, TurnPayload, TurnResults } from '#domain/sessions/protocol.ts'
import { turnResults } from '#domain/sessions/protocol.ts'
import { LEASE_MS } from '#domain/sessions/rules.ts'
import { titleCard } from '#domain/tasks/title-card.ts'
import { call, type Documents, GUARD_FAILED, optional } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'
import { type Log, SaidOnce } from '#server/log.ts'
import { findModel, priceOf, specOf } from '#server/models/stored-models.ts'
import type { Db, Queries } from '#server/postgres/pool.ts'
import { askedCalls, grownCalls } from '#server/record/asked.ts'
import { asExecution, claimedCalls, type Execution, endedCalls, lostCalls, mergedCalls, reportedCalls } from '#server/record/facts.ts'
import { readNext } from '#server/record/queue.ts'
import { attemptOn } from '#server/record/read-task.ts'
import { releaseHeld } from '#server/record/release-held.ts'
import { stopGivenUp } from '#server/record/stop-given-up.ts'
import { messageOf } from '#server/start-refusal.ts'
import type { Vault } from '#server/vault/vault.ts'
import type { Bell } from './bell.ts'
import {
  claimTurn,
  type Ending,
  endExpired,
  endHeld,
  endWaiting,
  findExpired,
  findUnfollowed,
  flagCancel,
  noteFollowed,
  noteTold,
  prolongHeld,
  renewLease,
  requeueExpired,
} from './lease.ts'
import { LeaseTime } from './lease-time.ts'
import { addToLog, beginLog, endLogs } from './logs.ts'
import { spellings } from './redact.ts'
import { findTurn, insertTurn, type NewTurn, type Stop, type StoredTurn, stopOf } from './stored-turn.ts'

export type TurnParts = { db: Db; documents: Documents; vault: Vault; bell: Bell; log: Log }

const MAX_TRIES = 3
const SWEEP_MS = 2_000
/** Whoever ended a turn has looked at what waits behind it by then, or is dead. */
const FOLLOWED_MS = 10_000
const MOST_SPELLED = 200
/** How long a caller waits for a runner to appear, and then for a short turn to end. */
const UNCLAIMED_MS = 15_000
const SHORT_TURN_MS = 90_000

const leaseLost = (): Answer<never> =>
  refuse('lease-lost', 'This turn is no longer yours: its lease ran out, or it ended. Stop working on it and keep what you have.')

/** The queue of turns: what waits for a runner, who has what in hand, and what becomes of what they tell. */
export class Turns {
  readonly #parts: TurnParts
  readonly #secrets = new Map<string, string[]>()
  readonly #sweeper: NodeJS.Timeout
  readonly #time: LeaseTime

  constructor(parts: TurnParts) {
    this.#parts = parts
    this.#time = new LeaseTime((now) => prolongHeld(parts.db, now))
    const trouble = new SaidOnce((reason) => parts.log.warn({ reason }, 'expired leases could not be looked at'))
    this.#sweeper = setInterval(
      () =>
        void this.sweep().then(
          () => trouble.worked(),
          (thrown: unknown) => trouble.failed(thrown),
        ),
      SWEEP_MS,
    )
    this.#sweeper.unref()
  }

  /** Puts a turn into the queue by itself. One that writes a document goes through an edit whose guard inserts it. */
  async enqueue(turn: Omit<NewTurn, 'id'>, id: string = newId()): Promise<string> {
    await insertTurn(this.#parts.db, { ...turn, id })
    this.#parts.bell.ring('waiting')
    return id
  }

  /** The oldest waiting turn for a runner, waiting for one at most `patience` ms. */
  async claim(runnerId: string, patience: number, signal?: AbortSignal, quick = false): Promise<Claim | null> {
    const deadline = Date.now() + patience
    while (!signal?.aborted) {
      const rung = this.#parts.bell.heard('waiting', Math.min(2_000, Math.max(1, deadline - Date.now())), signal)
      const turn = await claimTurn(this.#parts.db, runnerId, Date.now(), quick)
      const claim = turn && (await this.#handOver(turn))
      if (claim) return claim
      if (turn) continue
      if (Date.now() >= deadline) return null
      await rung
    }
    return null
  }

  async #handOver(turn: StoredTurn): Promise<Claim | null> {
    const payload = await this.#complete(turn)
    if (!payload.ok) {
      await this.finish({ turnId: turn.id, fence: turn.fence, seq: 1, end: { outcome: 'failed', reason: payload.message, result: null } })
      return null
    }
    const execution = asExecution(turn)
    // The lease is on disk and holds. That the record shows it too keeps no runner waiting.
    if (execution) void this.#showClaimed(execution)
    return { turnId: turn.id, fence: turn.fence, leaseMs: LEASE_MS, payload: payload.value }
  }

  async #showClaimed(execution: Execution): Promise<void> {
    await this.#parts.documents.edit(claimedCalls(execution)).catch((thrown: unknown) =>
      // The first report brings the steps before it.
      this.#parts.log.warn({ turn: execution.turnId, reason: messageOf(thrown) }, 'a claim could not be shown yet'),
    )
  }

  /** Fills in what is kept elsewhere: the model's address and key. */
  async #complete(turn: StoredTurn): Promise<Answer<TurnPayload>> {
    const { payload } = turn
    if (!('agent' in payload)) return accept(payload)
    const agent = await this.#agentOf(turn)
    return agent.ok ? accept({ ...payload, agent: agent.value } as TurnPayload) : agent
  }

  async #agentOf(turn: StoredTurn): Promise<Answer<AgentSpec>> {
    const { db, vault } = this.#parts
    const agent = 'agent' in turn.payload ? turn.payload.agent : undefined
    if (!agent || agent.kind === 'builtin') return accept({ kind: 'builtin' })
    if (agent.kind === 'sealed')
      return turn.sealed
        ? accept(JSON.parse(vault.open(turn.id, turn.sealed)) as AgentSpec)
        : refuse('model-not-found', 'What this test needs is gone. Start it again.')
    const model = await findModel(db, agent.modelId)
    if (!model) return refuse('model-not-found', `The model ${agent.label} was removed. Choose another one.`)
    return accept(await specOf(db, vault, model))
  }

  /** Prolongs a lease; says whether people want the turn stopped. */
  async renew(turnId: string, fence: number): Promise<Answer<{ cancel: boolean }>> {
    const held = await renewLease(this.#parts.db, turnId, fence, await this.#time.now())
    return held ? accept(held) : leaseLost()
  }

  /** Takes a batch of reports: record, chat and logs change together with the note that it was told, or nothing does. */
  async report(given: {
    turnId: string
    fence: number
    seq: number
    events: readonly RunEvent[]
  }): Promise<Answer<{ seq: number; cancel: boolean }>> {
    const { turnId, fence, seq, events } = given
    const turn = await this.#held(turnId, fence)
    if (!turn) return leaseLost()
    if (seq <= turn.told) return accept({ seq: turn.told, cancel: turn.cancel })
    const execution = asExecution(turn)
    const spelled = await this.#spelled(turn)
    const isRunning = turn.status === 'running' || events.some((event) => event.type === 'status' && event.status === 'running')
    const price = events.some(({ type }) => type === 'usage') && execution ? await priceOf(this.#parts.db, execution.payload.agent) : null
    const calls = execution ? reportedCalls(execution, events, price) : grownCalls(turn, events)
    const done = await this.#parts.documents.edit(calls, async (client) => {
      if (!(await noteTold(client, turnId, fence, seq, Date.now(), isRunning))) return false
      await storeLogs(client, turn, events, spelled)
      return true
    })
    if (!done.ok) return done.code === GUARD_FAILED ? await this.#toldOrLost(turnId, fence, seq) : done
    for (const processId of new Set(events.flatMap((event) => ('processId' in event ? [event.processId] : []))))
      this.#parts.bell.ring(`log ${processId}`)
    return accept({ seq, cancel: turn.cancel })
  }

  async #toldOrLost(turnId: string, fence: number, seq: number): Promise<Answer<{ seq: number; cancel: boolean }>> {
    const turn = await this.#held(turnId, fence)
    return turn && turn.told >= seq ? accept({ seq: turn.told, cancel: turn.cancel }) : leaseLost()
  }

  async #held(turnId: string, fence: number): Promise<StoredTurn | null> {
    const now = await this.#time.now()
    const turn = await findTurn(this.#parts.db, turnId)
    const isHeld = turn && turn.fence === fence && (turn.status === 'leased' || turn.status === 'running') && (turn.leaseUntil ?? 0) > now
    return isHeld ? turn : null
  }

  /** Ends a turn as its runner says. Told twice it ends once. */
  async finish(given: { turnId: string; fence: number; seq: number; end: TurnEnd }): Promise<Answer> {
    const { turnId, fence } = given
    await this.#time.now()
    const turn = await findTurn(this.#parts.db, turnId)
    if (turn && turn.fence === fence && (turn.status === 'done' || turn.status === 'failed' || turn.status === 'cancelled')) {
      await this.#readNext(turn)
      return accept()
    }
    if (!turn || turn.fence !== fence) return leaseLost()
    const end = this.#judge(turn, given.end)
    const ending: Ending = { status: end.outcome === 'succeeded' ? 'done' : end.outcome, reason: end.reason, result: end.result }
    const done = await this.#parts.documents.edit(await this.#endCalls(turn, end), async (client) => {
      if (!(await endHeld(client, turnId, fence, ending, Date.now()))) return false
      await endLogs(client, turnId)
      return true
    })
    if (!done.ok) return done.code === GUARD_FAILED ? leaseLost() : done
    this.#ended(turnId)
    await this.#readNext(turn)
    return accept()
  }

  /** A result that is not of its kind is a failure with a sentence, not a surprise later. */
  #judge(turn: StoredTurn, end: TurnEnd): TurnEnd {
    // A question that comes although somebody stopped it is not asked.
    if (turn.kind === 'interview' && turn.cancel && end.outcome === 'succeeded')
      return this.#judge(turn, { outcome: 'cancelled', reason: null, result: null })
    // Who stopped it is known here, what is kept of it there.
    if (end.outcome === 'cancelled') return { ...end, reason: [stopOf(turn)?.reason ?? 'Cancelled.', end.reason].filter(Boolean).join(' ') }
    if (end.outcome === 'failed') return { ...end, reason: end.reason ?? 'It failed without saying why.' }
    const parsed = turnResults[turn.kind].safeParse(end.result)
    if (parsed.success) return { ...end, result: parsed.data as TurnEnd['result'] }
    return {
      outcome: 'failed',
      reason: 'The runner sent a result that cannot be read. Update the runner to the version of the server.',
      result: null,
    }
  }

  async #endCalls(turn: StoredTurn, end: TurnEnd): Promise<CommandCall[]> {
    const execution = asExecution(turn)
    if (execution) return endedCalls(execution, end, stopOf(turn))
    if (turn.payload.kind === 'interview') return await askedCalls(this.#parts.db, turn, turn.payload, end)
    if (end.outcome !== 'succeeded') return []
    const { payload } = turn
    if (payload.kind === 'merge') {
      const { documents } = this.#parts
      const attempt = await documents.row(recordRoom(payload.projectId), attempts, payload.attemptId)
      if (!attempt) return []
      const merged = turnResults.merge.parse(end.result)
      const into = merged.into && (await attemptOn(documents, payload.projectId, payload.repoId, payload.targetBranch))
      return [
        ...mergedCalls(turn, payload, attempt.taskId, merged),
        ...(into ? [call(describeAttempt, { projectId: payload.projectId, attemptId: into.id, patch: { ...merged.into } }, SYSTEM)] : []),
      ]
    }
    if (payload.kind === 'title') {
      const { projectId, taskId, agent } = payload
      const { title } = turnResults.title.parse(end.result)
      // Deleted meanwhile it needs none.
      return [optional(call(titleCard, { projectId, taskId, title }, `agent:${agent.kind === 'model' ? agent.label : agent.kind}`))]
    }
    return []
  }

  /** Cancels a turn: at once where nobody has it, else by asking its runner to stop. */
  async cancel(turnId: string, stop: Stop, calls: readonly CommandCall[] = []): Promise<Answer<{ ended: boolean }>> {
    const done = await this.#parts.documents.edit(calls, (client) =>
      endWaiting(client, turnId, { status: 'cancelled', reason: stop.reason, result: null }, Date.now()),
    )
    if (done.ok) {
      this.#ended(turnId)
      return accept({ ended: true })
    }
    if (done.code !== GUARD_FAILED) return done
    await flagCancel(this.#parts.db, turnId, stop)
    return accept({ ended: false })
  }

  /** The turn once it has ended, or as it is after `patience` ms. */
  async wait(turnId: string, patience: number, signal?: AbortSignal, untilClaimed = false): Promise<StoredTurn | undefined> {
    const deadline = Date.now() + patience
    for (;;) {
      const rung = this.#parts.bell.heard(`turn ${turnId}`, Math.min(1_000, Math.max(1, deadline - Date.now())), signal)
      const turn = await findTurn(this.#parts.db, turnId)
      if (!turn || turn.status === 'done' || turn.status === 'failed' || turn.status === 'cancelled') return turn
      if (Date.now() >= deadline || signal?.aborted || (untilClaimed && turn.status !== 'waiting')) return turn
      await rung
    }
  }

  /**
   * What a short turn came to, for a caller who waits for it. Where no runner takes it for a while it is taken back, with
   * a sentence that says so.
   */
  async result<K extends TurnKind>(turnId: string): Promise<Answer<TurnResults[K]>> {
    const early = await this.wait(turnId, UNCLAIMED_MS, undefined, true)
    if (early?.status === 'waiting') {
      const gone = await this.cancel(turnId, { by: SYSTEM, reason: 'No runner took it.' })
      if (gone.ok && gone.value.ended)
        return refuse(
          'no-runner',
          'No runner is connected, so nothing can be done on a repository or with a model right now. Start one (npm start starts one beside the server).',
        )
    }
    const turn = await this.wait(turnId, SHORT_TURN_MS)
    if (turn?.status === 'done') return accept(turn.result as TurnResults[K])
    if (turn?.status === 'failed' || turn?.status === 'cancelled')
      return refuse('turn-failed', turn.reason ?? 'It failed without saying why.')
    return refuse('turn-slow', 'The runner is still at it. Look again in a while.')
  }

  /**
   * TURN-3: a turn whose runner fell silent: an execution is interrupted, anything else waits again, three times at most. And what waits behind an
   * execution whose end was a server's last deed is looked at (QUEUE-2). Agents whose cards were given up are stopped (ATTEMPT-10).
   */
  async sweep(): Promise<void> {
    const now = await this.#time.now()
    for (const turn of await findExpired(this.#parts.db, now)) {
      const execution = asExecution(turn)
      if (execution) {
        const ending: Ending = { status: turn.cancel ? 'cancelled' : 'failed', reason: 'The runner stopped answering.', result: null }
        const done = await this.#parts.documents.edit(lostCalls(execution, stopOf(turn)), async (client) => {
          if (!(await endExpired(client, turn, ending, now))) return false
          await endLogs(client, turn.id)
          return true
        })
        if (!done.ok) continue
        this.#ended(turn.id)
        await this.#readNext(turn)
      } else if (turn.tries < MAX_TRIES && !turn.cancel) {
        if (await requeueExpired(this.#parts.db, turn, now)) this.#parts.bell.ring('waiting')
      } else {
        const reason = turn.cancel ? stopOf(turn)?.reason : `No runner finished it in ${turn.tries} tries.`
        const end = { outcome: turn.cancel ? 'cancelled' : 'failed', reason: reason ?? null, result: null } as const
        const done = await this.#parts.documents.edit(await this.#endCalls(turn, end), (client) =>
          endExpired(client, turn, { ...end, status: end.outcome }, now),
        )
        if (done.ok) this.#ended(turn.id)
      }
    }
    for (const turn of await findUnfollowed(this.#parts.db, now - FOLLOWED_MS)) {
      await this.#readNext(turn)
      // What hinders it twice is said in the log, and not tried for good.
      await noteFollowed(this.#parts.db, turn.id)
    }
    await stopGivenUp({ ...this.#parts, turns: this })
    await releaseHeld({ ...this.#parts, turns: this })
  }

  #ended(turnId: string): void {
    this.#secrets.delete(turnId)
    this.#parts.bell.ring(`turn ${turnId}`)
    // Another turn of the same attempt may have waited for this one.
    this.#parts.bell.ring('waiting')
  }

  /** QUEUE-2: an agent that has finished reads what waits for it. What hinders that is no failure of the turn before. */
  async #readNext(turn: StoredTurn): Promise<void> {
    const execution = asExecution(turn)
    if (!execution) return
    try {
      await readNext(this.#parts, execution)
      await noteFollowed(this.#parts.db, turn.id)
    } catch (thrown) {
      this.#parts.log.warn({ turn: turn.id, reason: messageOf(thrown) }, 'the next message could not be given to its agent')
    }
  }

  async #spelled(turn: StoredTurn): Promise<string[]> {
    const known = this.#secrets.get(turn.id)
    if (known) return known
    const agent = await this.#agentOf(turn)
    const spelled = spellings(agent.ok && agent.value.kind === 'openai' && agent.value.apiKey ? [agent.value.apiKey] : [])
    // Turns that ended at another server are forgotten with the others; they are looked up again.
    if (this.#secrets.size >= MOST_SPELLED) this.#secrets.clear()
    this.#secrets.set(turn.id, spelled)
    return spelled
  }

  /** Stops looking for expired leases. */
  close(): void {
    clearInterval(this.#sweeper)
  }
}

async function storeLogs(client: Queries, turn: StoredTurn, events: readonly RunEvent[], spelled: readonly string[]): Promise<void> {
  const pieces = new Map<string, { stream: string; text: string }[]>()
  const ended = new Set<string>()
  for (const event of events) {
    if (event.type === 'process.started') await beginLog(client, event.processId, turn.id, turn.projectId ?? '')
    if (event.type === 'process.ended') ended.add(event.processId)
    if (event.type === 'log')
      pieces.set(event.processId, [...(pieces.get(event.processId) ?? []), { stream: event.stream, text: event.text }])
  }
  for (const processId of new Set([...pieces.keys(), ...ended])) {
    await addToLog(client, processId, turn.id, pieces.get(processId) ?? [], spelled, ended.has(processId))
  }
}
