import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { z } from 'zod'
import type { AgentSpec } from '#domain/sessions/protocol.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import type { TurnContext } from '#runner/turns/turn-context.ts'
import { callModel, type ModelAnswer, type OpenAiSpec, type Usage } from './model-call.ts'
import { ModelRefusal } from './model-refusal.ts'
import { showAttachments } from './show-attachments.ts'

export type Form<T> = {
  name: string
  about: string
  schema: z.ZodType<T>
  /** What the schema cannot say: a complaint in words for the model, or undefined where all is well. */
  complain?: (value: T) => string | undefined
  /** Told of the answer while it comes, as JSON that is not whole yet. */
  onArriving?: (json: string) => void
}

/**
 * MODEL-4: an answer in a given form, by tool call. One that does not fit is asked for once more with what was wrong; after
 * that the turn ends with a sentence.
 */
export async function askForm<T>(
  spec: AgentSpec,
  messages: ChatCompletionMessageParam[],
  form: Form<T>,
  context: TurnContext,
): Promise<{ value: T; usage: Usage }> {
  const model = modelOf(spec)
  const conversation = await showAttachments(messages, model, context.download)
  const usage: Usage = { promptTokens: 0, completionTokens: 0 }
  let wrong = ''
  for (let round = 0; round < 2; round++) {
    const answer = await ask(model, conversation, form, context)
    usage.promptTokens += answer.usage.promptTokens
    usage.completionTokens += answer.usage.completionTokens
    const read = readForm(answer, form)
    if (read.ok) return { value: read.value, usage }
    wrong = read.why
    conversation.push(
      { role: 'assistant', content: read.given },
      { role: 'user', content: `That does not fit: ${read.why}\nCall ${form.name} again, with that mended.` },
    )
  }
  throw stopTurn(`${model.label} did not answer in the form that was asked for, twice: ${wrong} Try again, or choose another model.`)
}

/** The model of a turn that needs one. */
export function modelOf(spec: AgentSpec): OpenAiSpec {
  if (spec.kind === 'openai') return spec
  throw stopTurn('The built-in agent answers this in the browser, without a runner. Choose a model to have one answer.')
}

async function ask<T>(
  model: OpenAiSpec,
  messages: ChatCompletionMessageParam[],
  form: Form<T>,
  context: TurnContext,
): Promise<ModelAnswer> {
  const { $schema: _, ...parameters } = z.toJSONSchema(form.schema, { io: 'input' }) as Record<string, unknown>
  try {
    return await callModel(
      model,
      {
        messages,
        tools: [{ type: 'function', function: { name: form.name, description: form.about, parameters } }],
        toolChoice: { type: 'function', function: { name: form.name } },
      },
      {
        signal: context.signal,
        deadlines: context.machine.deadlines,
        now: context.machine.now,
        onCall: (call) => call.name === form.name && form.onArriving?.(call.arguments),
        onSpent: (usage) => context.emit({ type: 'usage', ...usage, requests: 1 }),
      },
    )
  } catch (error) {
    if (error instanceof ModelRefusal) throw stopTurn(error.message, error)
    throw error
  }
}

function readForm<T>(answer: ModelAnswer, form: Form<T>): { ok: true; value: T } | { ok: false; why: string; given: string } {
  // Some servers ignore the tool and write the JSON as text: that is good enough.
  const given = (answer.toolCalls.find((call) => call.name === form.name)?.arguments ?? answer.text).replace(
    /^\s*```[a-z]*\n?|\n?```\s*$/g,
    '',
  )
  let json: unknown
  try {
    json = JSON.parse(given)
  } catch {
    return { ok: false, why: 'the answer is not JSON.', given: given.slice(0, 4_000) || '(nothing)' }
  }
  const parsed = form.schema.safeParse(json)
  if (!parsed.success) return { ok: false, why: `${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}.`, given: given.slice(0, 4_000) }
  const complaint = form.complain?.(parsed.data)
  return complaint === undefined ? { ok: true, value: parsed.data } : { ok: false, why: complaint, given: given.slice(0, 4_000) }
}
