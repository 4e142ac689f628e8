import { APIError } from 'openai'
import type { PayloadOf, TurnResults } from '#domain/sessions/protocol.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import type { TurnContext } from '#runner/turns/turn-context.ts'
import { modelOf } from './form.ts'
import { callModel, clientFor, type OpenAiSpec } from './model-call.ts'
import { refusalOf } from './model-refusal.ts'

const LISTED = 200

/** AGENT-10: asks a model for its list of models and one word, and tells how long the word took, or the provider's exact error. */
export async function testModel(payload: PayloadOf<'testModel'>, context: TurnContext): Promise<TurnResults['testModel']> {
  const spec = modelOf(payload.agent)
  const { now } = context.machine
  // A test has a person waiting: it is not worth the patience of a run.
  const deadlines = {
    ...context.machine.deadlines,
    firstByteMs: Math.min(20_000, context.machine.deadlines.firstByteMs),
    totalMs: Math.min(45_000, context.machine.deadlines.totalMs),
  }
  try {
    const models = await listModels(spec, context, deadlines)
    const started = performance.now()
    const answer = await callModel(
      spec,
      { messages: [{ role: 'user', content: 'Answer with the one word: ready' }] },
      { signal: context.signal, deadlines, now },
    )
    return { latencyMs: Math.round(performance.now() - started), models, reply: answer.text.trim().slice(0, 200) }
  } catch (error) {
    if (context.signal.aborted) throw error
    throw stopTurn(refusalOf(error, spec.label, now()).message, error)
  }
}

async function listModels(spec: OpenAiSpec, context: TurnContext, deadlines: TurnContext['machine']['deadlines']): Promise<string[]> {
  try {
    const page = await clientFor(spec, deadlines).models.list({ signal: context.signal, timeout: deadlines.firstByteMs })
    return (Array.isArray(page.data) ? page.data : []).map((model) => String(model.id)).slice(0, LISTED)
  } catch (error) {
    // A server without a list can still hold a model; a wrong key or address cannot.
    if (error instanceof APIError && (error.status === 404 || error.status === 405 || error.status === 501)) return []
    throw error
  }
}
