import { describe, expect, test } from 'vitest'
import { attemptLifecycle } from '#domain/attempts/rules.ts'
import { interviewLifecycle } from '#domain/interviews/rules.ts'
import { processLifecycle, turnLifecycle } from '#domain/sessions/rules.ts'
import { taskLifecycle } from '#domain/tasks/rules.ts'
import { decideTransition, inWords, type Lifecycle } from './lifecycle.ts'

const LIFECYCLES: [rule: string, lifecycle: Lifecycle<string>][] = [
  ['TASK-1', taskLifecycle as Lifecycle<string>],
  ['ATTEMPT-1', attemptLifecycle as Lifecycle<string>],
  ['INTERVIEW-1', interviewLifecycle as Lifecycle<string>],
  ['TURN-1', turnLifecycle as Lifecycle<string>],
  ['PROCESS-1', processLifecycle as Lifecycle<string>],
]

describe.each(LIFECYCLES)('%s', (rule, lifecycle) => {
  const states = Object.keys(lifecycle.next)
  const legal = states.flatMap((from) => (lifecycle.next[from] ?? []).map((to) => [from, to] as const))
  const illegal = states.flatMap((from) =>
    states.filter((to) => to !== from && !lifecycle.next[from]?.includes(to)).map((to) => [from, to] as const),
  )

  test(`${rule} every state leads only to states there are, and never to itself`, () => {
    for (const [from, to] of legal) {
      expect(states).toContain(to)
      expect(to).not.toBe(from)
    }
  })

  test.each(legal)(`${rule} %s → %s is allowed`, (from, to) => {
    expect(decideTransition(lifecycle, from, to)).toEqual({ ok: true, value: undefined })
  })

  test.each(illegal)(`${rule} %s → %s is refused, naming both and every legal next state`, (from, to) => {
    const answer = decideTransition(lifecycle, from, to)
    expect(answer).toMatchObject({ ok: false, code: 'illegal-transition' })
    const { message } = answer as { message: string }
    expect(message).toContain(`${lifecycle.what} in ${inWords(from)} can't go to ${inWords(to)}.`)
    const may = message.split('. ')[1] ?? ''
    for (const next of lifecycle.next[from] ?? []) expect(may).toContain(inWords(next))
    if (lifecycle.next[from]?.length === 0) expect(may).toContain('is final')
  })

  test.each(states)(`${rule} staying in %s is allowed`, (state) => {
    expect(decideTransition(lifecycle, state, state).ok).toBe(true)
  })
})

test('TASK-1 the refusal reads as a sentence', () => {
  expect(decideTransition(taskLifecycle, 'todo', 'done')).toEqual({
    ok: false,
    code: 'illegal-transition',
    message: "A card in todo can't go to done. From todo it can go to backlog, in progress or cancelled.",
  })
})
