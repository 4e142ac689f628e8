import { setTimeout as sleep } from 'node:timers/promises'
import OpenAI from 'openai'
import type {
  ChatCompletionChunk,
  ChatCompletionMessageParam,
  ChatCompletionTool,
  ChatCompletionToolChoiceOption,
} from 'openai/resources/chat/completions'
import type { AgentSpec } from '#domain/sessions/protocol.ts'
import { throwIfStopped } from '#runner/turn-stop.ts'
import { abortableFetch } from './abortable-fetch.ts'
import { type Cure, garbage, ModelRefusal, refusalOf } from './model-refusal.ts'

export type OpenAiSpec = Extract<AgentSpec, { kind: 'openai' }>

/** How long a model may be silent, and how long one answer may take, in milliseconds. */
export type ModelDeadlines = { firstByteMs: number; idleMs: number; totalMs: number; retryPauseMs: number; longestPauseMs: number }
export const DEADLINES: ModelDeadlines = {
  firstByteMs: 90_000,
  idleMs: 60_000,
  totalMs: 15 * 60_000,
  retryPauseMs: 1_000,
  longestPauseMs: 60_000,
}

export type ToolCall = { id: string; name: string; arguments: string }
export type Usage = { promptTokens: number; completionTokens: number }
export type ModelAnswer = { text: string; toolCalls: ToolCall[]; usage: Usage; finish: string }
export type ModelRequest = {
  messages: ChatCompletionMessageParam[]
  tools?: ChatCompletionTool[]
  toolChoice?: ChatCompletionToolChoiceOption
}
export type ModelDeps = {
  signal: AbortSignal
  deadlines: ModelDeadlines
  now: () => number
  onText?: (piece: string) => void
  /** Told of a tool call while it comes: its arguments so far. */
  onCall?: (call: ToolCall) => void
  onRetry?: (sentence: string) => void
  /** Told of every request a provider may charge for, once each: one that broke off or was stopped on the way too. */
  onSpent?: (usage: Usage) => void
}

const TRIES = 3
const LONGEST_ANSWER = 2_000_000
const PICTURE_LETTERS = 4_000

/** A client that sends nothing but what it is given: no settings from the environment, no tries of its own, no redirects. */
export const clientFor = (spec: OpenAiSpec, deadlines: ModelDeadlines): OpenAI =>
  new OpenAI({
    apiKey: spec.apiKey ?? 'none',
    baseURL: spec.baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: deadlines.totalMs,
    logLevel: 'off',
    fetchOptions: { redirect: 'error' },
    fetch: abortableFetch,
  })

/**
 * MODEL-3: one answer of a model, streamed. A limit or trouble of the provider's own is tried again, three times in all and only
 * while nothing has arrived; whatever else goes wrong is a ModelRefusal. Throws the signal's stop where it was stopped.
 */
export async function callModel(spec: OpenAiSpec, request: ModelRequest, deps: ModelDeps): Promise<ModelAnswer> {
  for (let attempt = 1; ; attempt++) {
    let heard = false
    try {
      return await once(spec, request, { ...deps, onText: (piece) => { heard = true; deps.onText?.(piece) } }) // biome-ignore format: one thought
    } catch (error) {
      throwIfStopped(deps.signal)
      const refusal = refusalOf(error, spec.label, deps.now())
      const pause = refusal.retryAfterMs ?? deps.deadlines.retryPauseMs * 4 ** (attempt - 1)
      if (!refusal.again || heard || attempt >= TRIES || pause > deps.deadlines.longestPauseMs) throw refusal
      deps.onRetry?.(`${refusal.message} Trying again in ${Math.ceil(pause / 1000)} s (${attempt + 1} of ${TRIES}).`)
      await sleep(pause, undefined, { signal: deps.signal }).catch(() => throwIfStopped(deps.signal))
    }
  }
}

async function once(spec: OpenAiSpec, request: ModelRequest, deps: ModelDeps): Promise<ModelAnswer> {
  throwIfStopped(deps.signal)
  const watch = watchdog(spec.label, deps)
  const answer = new Gathered(deps)
  try {
    const stream = await clientFor(spec, deps.deadlines).chat.completions.create(
      {
        model: spec.model,
        messages: request.messages,
        stream: true,
        stream_options: { include_usage: true },
        ...(spec.temperature === null ? {} : { temperature: spec.temperature }),
        ...(request.tools ? { tools: request.tools } : {}),
        ...(request.toolChoice ? { tool_choice: request.toolChoice } : {}),
      },
      { signal: watch.signal },
    )
    for await (const chunk of stream) {
      watch.heard()
      answer.add(chunk)
    }
    // A stream that was aborted ends like one that is complete: only the signal tells.
    watch.check()
    return answer.whole(spec.label, request)
  } catch (error) {
    watch.check()
    throw error
  } finally {
    if (answer.hasBegun || watch.signal.aborted) deps.onSpent?.(answer.spent(request))
    watch.end()
  }
}

/** One abort signal for the person, the first byte, silence and the whole. */
function watchdog(
  label: string,
  { signal, deadlines }: ModelDeps,
): { signal: AbortSignal; heard: () => void; check: () => void; end: () => void } {
  const control = new AbortController()
  let late: ModelRefusal | undefined
  const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`
  const after = (ms: number, what: string, again: boolean, cure?: Cure): NodeJS.Timeout =>
    setTimeout(() => {
      late = new ModelRefusal(what, again, { cure })
      control.abort()
    }, ms)
  const onStop = (): void => control.abort()
  signal.addEventListener('abort', onStop, { once: true })
  if (signal.aborted) control.abort()
  const total = after(
    deadlines.totalMs,
    `${label} took longer than ${seconds(deadlines.totalMs)} for one answer, so it was stopped.`,
    false,
  )
  let silence = after(deadlines.firstByteMs, `${label} did not answer within ${seconds(deadlines.firstByteMs)}.`, true, 'Try again later.')
  return {
    signal: control.signal,
    heard: () => {
      clearTimeout(silence)
      silence = after(
        deadlines.idleMs,
        `${label} fell silent in the middle of an answer for ${seconds(deadlines.idleMs)}.`,
        false,
        'Try again.',
      )
    },
    check: () => {
      throwIfStopped(signal)
      if (late) throw late
    },
    end: () => {
      clearTimeout(total)
      clearTimeout(silence)
      signal.removeEventListener('abort', onStop)
    },
  }
}

/** Puts the pieces of a streamed answer together. */
class Gathered {
  private text = ''
  private size = 0
  private chunks = 0
  private finish: string | undefined
  private usage: Usage | undefined
  private readonly calls = new Map<number, ToolCall>()
  private readonly told: Pick<ModelDeps, 'onText' | 'onCall'>

  constructor(told: Pick<ModelDeps, 'onText' | 'onCall'>) {
    this.told = told
  }

  add(chunk: ChatCompletionChunk): void {
    if (typeof chunk !== 'object' || chunk === null) return
    if (chunk.usage) this.usage = { promptTokens: whole(chunk.usage.prompt_tokens), completionTokens: whole(chunk.usage.completion_tokens) }
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined
    if (!choice) return
    this.chunks++
    if (choice.finish_reason) this.finish = choice.finish_reason
    const delta = choice.delta ?? {}
    if (typeof delta.content === 'string' && delta.content !== '') {
      this.text += delta.content
      this.grow(delta.content.length)
      this.told.onText?.(delta.content)
    }
    for (const [at, part] of (Array.isArray(delta.tool_calls) ? delta.tool_calls : []).entries()) {
      const index = typeof part.index === 'number' ? part.index : at
      const call = this.calls.get(index) ?? { id: '', name: '', arguments: '' }
      if (part.id) call.id = part.id
      if (part.function?.name) call.name += part.function.name
      if (part.function?.arguments) call.arguments += part.function.arguments
      this.grow(part.function?.arguments?.length ?? 0)
      this.calls.set(index, call)
      this.told.onCall?.(call)
    }
  }

  whole(label: string, request: ModelRequest): ModelAnswer {
    if (this.chunks === 0) throw garbage(label)
    if (this.finish === undefined) throw new ModelRefusal(`The answer of ${label} broke off in the middle.`, true, { cure: 'Try again.' })
    if (this.finish === 'content_filter') throw new ModelRefusal(`${label} refused to answer this (content filter).`, false)
    const toolCalls = [...this.calls.entries()]
      .sort(([a], [b]) => a - b)
      .map(([index, call]) => ({ ...call, id: call.id || `call_${index}` }))
    return { text: this.text, toolCalls, usage: this.spent(request), finish: this.finish }
  }

  get hasBegun(): boolean {
    return this.chunks > 0
  }

  /** What the request took so far. Where a provider tells no usage, four characters count as one token: a limit must hold all the same. */
  spent(request: ModelRequest): Usage {
    if (this.usage) return this.usage
    const told = [...this.calls.values()].reduce((sum, call) => sum + call.arguments.length, this.text.length)
    return { promptTokens: Math.ceil(JSON.stringify(request.messages, withoutBytes).length / 4), completionTokens: Math.ceil(told / 4) }
  }

  private grow(by: number): void {
    this.size += by
    if (this.size > LONGEST_ANSWER) throw new ModelRefusal('The model wrote more than fits into one answer, so it was stopped.', false)
  }
}

/** A picture costs what a page of words does, however many bytes it has. */
const withoutBytes = (key: string, value: unknown): unknown =>
  key === 'url' && typeof value === 'string' && value.startsWith('data:') ? ' '.repeat(PICTURE_LETTERS) : value

const whole = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0)
