import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'

const LEFT_OUT = '(left out to make room; ask again if you need it)'

/** AGENT-5: when a conversation fills most of a model's window, the oldest tool results give way; who said what stays. Answers how many gave way. */
export function makeRoom(messages: ChatCompletionMessageParam[], promptTokens: number, contextWindow: number | null): number {
  if (contextWindow === null || promptTokens < contextWindow * 0.75) return 0
  let leftOut = 0
  let toFree = (promptTokens - contextWindow * 0.5) * 4
  for (const message of messages.slice(0, -4)) {
    if (toFree <= 0) break
    if (message.role !== 'tool' || typeof message.content !== 'string' || message.content.length <= LEFT_OUT.length) continue
    toFree -= message.content.length
    message.content = LEFT_OUT
    leftOut++
  }
  return leftOut
}
