import { compareOrder } from '#domain/core/order.ts'
import type { Message } from '#domain/interviews/schema.ts'

/** Which answers of an interview a prompt was made from, by their place in the conversation: `3, 7`, `1–5`. */
export function sayAnswers(messages: readonly Pick<Message, 'id' | 'role' | 'order'>[], sources: readonly string[]): string {
  const answers = messages.filter(({ role }) => role === 'user').sort(compareOrder)
  const numbers = answers.flatMap(({ id }, at) => (sources.includes(id) ? [at + 1] : []))
  const runs: [number, number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([from, to]) => (to === from ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`)).join(', ')
}
