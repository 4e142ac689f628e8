import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { chatRoom, projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { asLine, decideGenerate, openQuestions } from '#domain/interviews/contradictions.ts'
import { interviewGone } from '#domain/interviews/rules.ts'
import { BUILTIN, contradictions, type Interview, interviews, messages } from '#domain/interviews/schema.ts'
import { modelFor } from '#domain/models/rules.ts'
import { models } from '#domain/models/schema.ts'
import { prompts } from '#domain/prompts/schema.ts'
import { rejectedProposals } from '#domain/tasks/schema.ts'
import type { Documents } from '#server/documents/documents.ts'
import type { Identity } from '#server/gate/identity.ts'
import type { Db } from '#server/postgres/pool.ts'
import type { StoredAgent } from '#server/turns/stored-turn.ts'
import type { Turns } from '#server/turns/turns.ts'
import { chooseAgent } from './choose-agent.ts'
import { readPromptText } from './prompts.ts'
import { readTask, readTranscript } from './read-task.ts'

export type ProposalParts = { db: Db; documents: Documents; turns: Turns }
type Queued = Answer<{ turnId: string }>

/** An interview of a project. */
export async function readInterview(documents: Documents, projectId: string, interviewId: string): Promise<Answer<Interview>> {
  const interview = await documents.row(projectRoom(projectId), interviews, interviewId)
  return interview ? accept(interview) : interviewGone()
}

/** What was said in an interview, as messages and as agents are told it: what contradicts itself, and how it was settled, comes last. */
export async function readTalk(documents: Documents, projectId: string, interviewId: string) {
  const said = await documents.rows(chatRoom(interviewId), messages)
  const known = (await documents.rows(projectRoom(projectId), contradictions)).filter((one) => one.interviewId === interviewId)
  // What a model has begun to ask, or failed to, was not asked.
  const whole = new Set(said.filter(({ status }) => status === 'done').map(({ id }) => id))
  const spoken = (await readTranscript(documents, interviewId)).filter(({ id }) => whole.has(id))
  const transcript = [...spoken, ...known.map((one) => asLine(one, said))]
  return { said, known, transcript }
}

const notBuiltin = () =>
  refuse('builtin-needs-no-turn', 'The built-in list needs no model: it works in the browser. Choose a model to ask one.', 'modelId')

/** A model, not the built-in list; that one lives in the browser and works without a server. */
export async function chooseModel(db: Db, modelId: string): Promise<Answer<StoredAgent>> {
  return modelId === BUILTIN ? notBuiltin() : await chooseAgent(db, modelId)
}

/** Lets a model propose prompts from an interview. */
export async function proposePrompts(
  parts: ProposalParts,
  who: Identity,
  input: { projectId: string; interviewId: string; modelId?: string | undefined },
): Promise<Queued> {
  const { projectId, interviewId } = input
  const interview = await readInterview(parts.documents, projectId, interviewId)
  if (!interview.ok) return interview
  const agent = await chooseModel(parts.db, input.modelId ?? interview.value.model)
  if (!agent.ok) return agent
  const { said, known, transcript } = await readTalk(parts.documents, projectId, interviewId)
  const clear = decideGenerate(openQuestions(said, known))
  if (!clear.ok) return clear
  if (transcript.length === 0) return refuse('interview-empty', 'Nothing was said in this interview yet. Answer some questions first.')
  const payload = { kind: 'proposePrompts' as const, agent: agent.value, projectId, interviewId, title: interview.value.title, transcript }
  return accept({ turnId: await parts.turns.enqueue({ payload, askedBy: who.memberId, projectId }) })
}

/** Lets a model propose cards from a prompt. */
export async function proposeTasks(
  parts: ProposalParts,
  who: Identity,
  input: { projectId: string; promptId: string; modelId?: string | undefined },
): Promise<Queued> {
  const { projectId, promptId } = input
  const prompt = await parts.documents.row(projectRoom(projectId), prompts, promptId)
  if (!prompt) return refuse('prompt-not-found', 'That prompt is gone. Somebody may have deleted it.')
  const agent = await chooseModel(parts.db, input.modelId ?? BUILTIN)
  if (!agent.ok) return agent
  const rendered = await readPromptText(parts.documents, projectId, promptId)
  if (!rendered.ok) return rendered
  const before = await parts.documents.rows(projectRoom(projectId), rejectedProposals, { where: { familyId: prompt.familyId } })
  const rejected = before.map(({ title }) => title)
  const payload = {
    kind: 'proposeTasks' as const,
    agent: agent.value,
    projectId,
    promptId,
    title: prompt.title,
    prompt: rendered.value,
    rejected,
  }
  return accept({ turnId: await parts.turns.enqueue({ payload, askedBy: who.memberId, projectId }) })
}

/** Lets a model name a card that nobody gave a title; where there is no model, or somebody was quicker, it stays as it is. */
export async function proposeTitle(
  { db, documents, turns }: ProposalParts,
  who: Identity,
  { projectId, taskId }: { projectId: string; taskId: string },
): Promise<Answer<{ turnId: string | null }>> {
  const task = await readTask(documents, projectId, taskId)
  if (!task.ok) return task
  const model = modelFor(await documents.rows(teamRoom, models), 'prompt_generation')
  if (!task.value.isUntitled || !model) return accept({ turnId: null })
  const agent = await chooseModel(db, model.id)
  if (!agent.ok) return agent
  const text = task.value.userRequest ?? task.value.description
  const payload = { kind: 'title' as const, agent: agent.value, projectId, taskId, text }
  return accept({ turnId: await turns.enqueue({ payload, askedBy: who.memberId, projectId }) })
}
