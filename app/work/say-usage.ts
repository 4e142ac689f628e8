import type { Message } from '#domain/interviews/schema.ts'

const number = new Intl.NumberFormat('en-GB')

/** What a model's message cost, in words; empty where nothing is known. A price nobody knows is said so, never zero. */
export function sayUsage(message: Pick<Message, 'promptTokens' | 'completionTokens' | 'cost'>): string {
  const { promptTokens, completionTokens, cost } = message
  if (promptTokens === null && completionTokens === null) return ''
  const tokens = `${number.format(promptTokens ?? 0)} + ${number.format(completionTokens ?? 0)} tokens`
  return `${tokens}, ${cost === null ? 'price unknown' : sayCost(cost)}`
}

/** `$0.0042`, `$1.30`: to the cent where there are cents. */
export const sayCost = (cost: number): string => `$${cost > 0 && cost < 0.01 ? cost.toFixed(4) : cost.toFixed(2)}`
