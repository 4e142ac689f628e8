import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import type { ContextNow } from '#domain/sessions/protocol.ts'
import { TurnStop, throwIfStopped } from '#runner/turn-stop.ts'
import { type Agent, type AgentResult, type AgentRun, say } from './agent.ts'
import { commitWords } from './commit-words.ts'
import { firstMessages } from './instructions.ts'
import { callModel, type ModelAnswer, type ModelDeadlines, type OpenAiSpec, type ToolCall, type Usage } from './model-call.ts'
import { ModelRefusal } from './model-refusal.ts'
import { showAttachments } from './show-attachments.ts'
import { carryOut, readCall, TOOL_LIST } from './tools.ts'
import { makeRoom } from './window.ts'

const MOST_MISTAKES = 3
const MOST_REPEATS = 5
const SHOWN_RESULT = 2_000

/** AGENT-3: our own tool loop over any OpenAI-compatible endpoint: ask, do what was asked, tell, until it says finish or a limit holds. */
export function openAiAgent(spec: OpenAiSpec, world: { deadlines: ModelDeadlines; now: () => number }): Agent {
  return {
    takesComplaints: true,
    run: (run) => new ToolLoop(spec, run, world).go(),
    proposeCommit: (run, change) => commitWords(spec, run, change, world),
  }
}

class ToolLoop {
  private readonly spec: OpenAiSpec
  private readonly run: AgentRun
  private readonly world: { deadlines: ModelDeadlines; now: () => number }
  private messages: ChatCompletionMessageParam[] = []
  private readonly time = new AbortController()
  private mistakes = 0
  private tokens = 0
  private leftOut = 0
  private repeats = { call: '', times: 0 }

  constructor(spec: OpenAiSpec, run: AgentRun, world: { deadlines: ModelDeadlines; now: () => number }) {
    this.spec = spec
    this.run = run
    this.world = world
  }

  async go(): Promise<AgentResult> {
    const { limits } = this.run
    const timer = setTimeout(() => this.time.abort(), limits.maxMs)
    try {
      this.messages = await showAttachments(firstMessages(this.run), this.spec, this.run.download)
      for (let step = 1; step <= limits.maxSteps; step++) {
        const ended = await this.step()
        if (ended) return ended
        if (this.tokens >= limits.maxTokens) return stopped(`The run reached its limit of ${limits.maxTokens} tokens.`)
      }
      return stopped(`The run reached its limit of ${limits.maxSteps} steps.`)
    } catch (error) {
      throwIfStopped(this.run.signal)
      if (this.time.signal.aborted) return stopped(`The run reached its time limit of ${Math.round(limits.maxMs / 60_000) || 1} minutes.`)
      if (error instanceof ModelRefusal) return stopped(error.ofAttempt)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** One question to the model and everything it asks for in its answer. */
  private async step(): Promise<AgentResult | undefined> {
    const answer = await this.ask()
    const leftOut = makeRoom(this.messages, answer.usage.promptTokens, this.spec.contextWindow)
    if (leftOut > 0) {
      this.leftOut += leftOut
      this.run.emit({ type: 'usage', promptTokens: 0, completionTokens: 0, requests: 0, context: this.contextAt(answer.usage) })
    }
    if (answer.toolCalls.length === 0) return this.withoutTools(answer)
    this.messages.push({
      role: 'assistant',
      content: answer.text || null,
      // What a provider would refuse to read back is not told back to it: arguments that were no JSON become none.
      tool_calls: answer.toolCalls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name || 'unknown', arguments: isJson(call.arguments) ? call.arguments : '{}' },
      })),
    })
    let ended: AgentResult | undefined
    for (const call of answer.toolCalls) {
      throwIfStopped(this.run.signal)
      if (this.time.signal.aborted) throw new TurnStop('limit', 'time')
      ended = (await this.use(call)) ?? ended
    }
    return ended
  }

  /** SESSION-1: how full the conversation is after an answer. */
  private contextAt({ promptTokens, completionTokens }: Usage): ContextNow {
    return { used: promptTokens + completionTokens, limit: this.spec.contextWindow, leftOut: this.leftOut }
  }

  private withoutTools(answer: ModelAnswer): AgentResult | undefined {
    if (answer.finish === 'length') return stopped(`${this.spec.label} ran out of room in the middle of an answer.`)
    if (answer.text.trim() !== '') return { summary: answer.text.trim().slice(0, 4_000), stopped: null }
    if (++this.mistakes >= MOST_MISTAKES) return stopped(`${this.spec.label} gave ${MOST_MISTAKES} empty answers, so the run was stopped.`)
    this.messages.push({ role: 'user', content: 'Your answer was empty. Use a tool, or call finish with a summary.' })
    return undefined
  }

  private async ask(): Promise<ModelAnswer> {
    const messageId = this.run.newId()
    let spoken = false
    const tell = (delta: string, end: 'done' | 'failed' | null, error: string | null = null): void =>
      this.run.emit({ type: 'message', messageId, role: 'assistant', delta, tool: null, end, error })
    try {
      const answer = await callModel(
        this.spec,
        { messages: this.messages, tools: TOOL_LIST },
        {
          ...this.world,
          signal: AbortSignal.any([this.run.signal, this.time.signal]),
          onText: (piece) => {
            spoken = true
            tell(piece, null)
          },
          onRetry: (sentence) => this.run.log(`${sentence}\n`),
          onSpent: (usage) => {
            this.tokens += usage.promptTokens + usage.completionTokens
            this.run.emit({ type: 'usage', ...usage, requests: 1, messageId, context: this.contextAt(usage) })
          },
        },
      )
      if (spoken) tell('', 'done')
      return answer
    } catch (error) {
      // What a person or a limit stopped is no failure of what it said.
      if (error instanceof ModelRefusal) tell('', 'failed', error.ofAttempt)
      else if (spoken) tell('', 'done', 'The run was stopped here.')
      throw error
    }
  }

  private async use(call: ToolCall): Promise<AgentResult | undefined> {
    const read = readCall(call.name, call.arguments)
    if (!read.ok) {
      this.run.log(`✗ ${read.why}\n`)
      this.answer(call, read.why)
      return ++this.mistakes >= MOST_MISTAKES
        ? stopped(
            `${this.spec.label} sent ${MOST_MISTAKES} tool calls in a row that could not be read, so the run was stopped. The last: ${read.why}`,
          )
        : undefined
    }
    this.mistakes = 0
    if (read.name === 'finish') {
      const summary = String(read.input.summary).trim()
      this.answer(call, 'Finished.')
      say(this.run, summary || 'Done.')
      return { summary, stopped: null }
    }
    this.run.log(`→ ${read.name} ${read.short}\n`)
    const result = await carryOut(read, this.run)
    this.run.log(`${result.ok ? '✓' : '✗'} ${result.text.split('\n')[0]?.slice(0, 200) ?? ''}\n`)
    say(this.run, result.text.slice(0, SHOWN_RESULT), 'tool', `${read.name} ${read.short}`.trim())
    this.answer(call, result.text)
    return result.ok ? undefined : this.guardAgainstLoops(call)
  }

  /** AGENT-4: the same call failing over and over ends the run instead of spending the night on it. */
  private guardAgainstLoops(call: ToolCall): AgentResult | undefined {
    const key = `${call.name} ${call.arguments}`
    this.repeats = { call: key, times: this.repeats.call === key ? this.repeats.times + 1 : 1 }
    return this.repeats.times >= MOST_REPEATS
      ? stopped(`${this.spec.label} tried the same thing ${MOST_REPEATS} times without success (${call.name}), so the run was stopped.`)
      : undefined
  }

  private answer(call: ToolCall, text: string): void {
    this.messages.push({ role: 'tool', tool_call_id: call.id, content: text })
  }
}

const stopped = (sentence: string): AgentResult => ({ summary: sentence, stopped: sentence })

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
