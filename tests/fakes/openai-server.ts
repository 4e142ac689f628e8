import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { type Levers, NO_LEVERS } from './openai-levers.ts'
import { type ChatRequest, type Reply, type Rule, STORY } from './openai-script.ts'

/** One request as it arrived, for tests to look at. */
export type Journaled = { method: string; path: string; authorization: string | null; body: ChatRequest | null; at: number }

export type FakeOpenAi = {
  /** With `/v1` at its end: what stands in a model's base URL. */
  url: string
  journal: Journaled[]
  levers: Levers
  /** Pulls levers; those not named go back to off. */
  pull: (levers: Partial<Levers>) => void
  /** Puts a rule in front of the story. */
  says: (rule: Rule) => void
  close: () => Promise<void>
}

/** The key the fake takes; any other is refused with 401, as real providers do. */
export const FAKE_KEY = 'sk-fake-0123456789abcdef'
const MODELS = ['fake-small', 'fake-large']

/** A model of the fake's, as a turn names it. */
export const specOfFake = (fake: FakeOpenAi) => ({
  kind: 'openai' as const,
  modelId: 'm',
  label: 'Fake',
  baseUrl: fake.url,
  apiKey: FAKE_KEY,
  model: 'fake-small',
  temperature: null,
  contextWindow: null,
  takesPictures: false,
})
const PIECE = 7

/**
 * A server that speaks the wire of OpenAI's chat completions truly: server-sent events, tool arguments split over chunks, a
 * usage chunk, `[DONE]`; and badly when a lever is pulled. `POST /levers` and `GET /journal` are for people.
 */
export async function fakeOpenAi(options: { port?: number; key?: string | null; rules?: readonly Rule[] } = {}): Promise<FakeOpenAi> {
  const rules: Rule[] = [...(options.rules ?? []), ...STORY]
  const key = options.key === undefined ? FAKE_KEY : options.key
  const journal: Journaled[] = []
  const fake = { journal, levers: { ...NO_LEVERS } } as FakeOpenAi
  const server = createServer((request, response) => {
    serve(fake, rules, key, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  fake.pull = (levers) => Object.assign(fake.levers, NO_LEVERS, levers)
  fake.says = (rule) => rules.unshift(rule)
  fake.close = () => closed(server)
  return fake
}

async function serve(
  fake: FakeOpenAi,
  rules: readonly Rule[],
  key: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://fake').pathname
  const body = await readJson(request)
  if (path === '/levers') return answer(response, 200, Object.assign(fake.levers, NO_LEVERS, body))
  if (path === '/journal') return answer(response, 200, fake.journal)
  const authorization = request.headers.authorization ?? null
  fake.journal.push({ method: request.method ?? '', path, authorization, body: body as ChatRequest | null, at: Date.now() })
  const levers = takeLevers(fake)
  if (levers.delayMs > 0) await sleep(levers.delayMs)
  if (key !== null && authorization !== `Bearer ${key}`) return refuse(response, 401, 'Incorrect API key provided.', 'invalid_api_key')
  if (levers.status !== null) {
    if (levers.retryAfter !== null) response.setHeader('retry-after', levers.retryAfter)
    return refuse(response, levers.status, levers.message, 'pulled_lever')
  }
  if (levers.garbage === 'html')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title><h1>It works!</h1>')
  if (path === '/v1/models' && !levers.noModels)
    return answer(response, 200, { object: 'list', data: MODELS.map((id) => ({ id, object: 'model', created: 0, owned_by: 'fake' })) })
  if (path !== '/v1/chat/completions') return refuse(response, 404, `No such route: ${path}`, 'not_found')
  const asked = inWords(body as ChatRequest)
  if (!MODELS.includes(asked.model)) return refuse(response, 404, `The model \`${asked.model}\` does not exist.`, 'model_not_found')
  const reply = rules.map((rule) => rule(asked)).find((found) => found !== undefined) ?? {}
  if (asked.stream) await stream(asked, reply, levers, response)
  else answer(response, 200, wholeAnswer(asked, reply))
}

/** What the script reads of a request: of messages with pictures their words. The journal keeps it as it came. */
function inWords(request: ChatRequest): ChatRequest {
  const words = (content: unknown): string | null =>
    Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : (content as string | null)
  return { ...request, messages: request.messages?.map((message) => ({ ...message, content: words(message.content) })) }
}

function takeLevers(fake: FakeOpenAi): Levers {
  const levers = { ...fake.levers }
  if (fake.levers.times !== null && --fake.levers.times <= 0) Object.assign(fake.levers, NO_LEVERS)
  return levers
}

async function stream(asked: ChatRequest, reply: Reply, levers: Levers, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  response.flushHeaders()
  let sent = 0
  for (const data of [...chunksOf(asked, reply, levers), '[DONE]']) {
    // What was written still arrives; then the connection is gone, with no last chunk.
    if (levers.cutAfter === sent) return void response.socket?.destroySoon()
    if (levers.hangAfter === sent) return
    if (levers.garbage === 'empty') break
    if (levers.chunkDelayMs > 0) await sleep(levers.chunkDelayMs)
    response.write(levers.garbage === 'sse' && sent === 2 ? 'data: {"id": this is no JSON\n\n' : `data: ${data}\n\n`)
    sent++
  }
  response.end()
}

function chunksOf(asked: ChatRequest, reply: Reply, levers: Levers): string[] {
  const chunk = (choices: unknown[], usage: unknown = null): string =>
    JSON.stringify({
      id: 'chatcmpl-fake',
      object: 'chat.completion.chunk',
      created: 0,
      model: asked.model,
      choices,
      ...(asked.stream_options?.include_usage ? { usage } : {}),
    })
  const delta = (part: unknown, finish: string | null = null): string =>
    chunk([{ index: 0, delta: part, logprobs: null, finish_reason: finish }])
  const calls = (reply.calls ?? []).flatMap((call, index) => {
    const json = JSON.stringify(call.arguments)
    const [first, ...rest] = inPieces(levers.badToolJson ? json.slice(0, -2) : json)
    return [
      delta({
        tool_calls: [
          {
            index,
            id: `call_${index}_${Math.random().toString(36).slice(2, 8)}`,
            type: 'function',
            function: { name: call.name, arguments: '' },
          },
        ],
      }),
      ...[first ?? '', ...rest].map((piece) => delta({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ]
  })
  const words = inPieces(reply.text ?? '').map((piece) => delta({ content: piece }))
  const usage = levers.noUsage || !asked.stream_options?.include_usage ? [] : [chunk([], usageOf(asked, reply))]
  return [
    delta({ role: 'assistant', content: reply.calls && !reply.text ? null : '' }),
    ...words,
    ...calls,
    delta({}, reply.calls ? 'tool_calls' : 'stop'),
    ...usage,
  ]
}

function wholeAnswer(asked: ChatRequest, reply: Reply): unknown {
  const toolCalls = reply.calls?.map((call, index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }))
  const message = { role: 'assistant', content: reply.text ?? null, ...(toolCalls ? { tool_calls: toolCalls } : {}) }
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 0,
    model: asked.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: toolCalls ? 'tool_calls' : 'stop' }],
    usage: usageOf(asked, reply),
  }
}

const usageOf = (asked: ChatRequest, reply: Reply) => {
  const [prompt_tokens, completion_tokens] = [asked.messages, reply].map((part) => Math.ceil(JSON.stringify(part).length / 4)) as [
    number,
    number,
  ]
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

const inPieces = (text: string): string[] => text.match(new RegExp(`[\\s\\S]{1,${PIECE}}`, 'g')) ?? []

function refuse(response: ServerResponse, status: number, message: string, code: string): void {
  answer(response, status, { error: { message, type: 'invalid_request_error', param: null, code } })
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return null
  }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const flag = (name: string): string | undefined => {
    const at = process.argv.indexOf(`--${name}`)
    return at < 0 ? undefined : process.argv[at + 1]
  }
  const fake = await fakeOpenAi({ port: Number(flag('port') ?? 0), ...(flag('key') === undefined ? {} : { key: flag('key') ?? null }) })
  console.log(fake.url)
}
