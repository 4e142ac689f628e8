import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivePrompts } from '#domain/prompts/derive.ts'
import { deriveTasks, MAX_PROPOSED_TASKS, proposedTask } from './proposal.ts'

describe('TASK-6 cards proposed from a text', () => {
  it('one for each point that asks for work, with the criteria as its checklist', () => {
    const cards = deriveTasks(
      'Checkout',
      '# Build\n\n## Goal\n\n- Sell more\n\n## Screens\n\n- A basket\n\n## Rules\n\n- Sums add up\n\n## Done when\n\n- Paying works\n',
    )
    expect(cards.map((card) => card.title)).toEqual(['Screen: A basket', 'Rule: Sums add up'])
    expect(cards[0]?.checklist).toEqual(['Paying works'])
  })

  it('a criterion that the text says twice, as a composed prompt does, is checked once', () => {
    const text = '## Done when\n\n- Paying works\n\n## Screens\n\n- A basket\n\n## Done when\n\n- Paying works\n'
    expect(deriveTasks('Checkout', text)[0]?.checklist).toEqual(['Paying works'])
  })

  it('a criterion about one point is checked on the card of that point, the others on every card', () => {
    const text =
      '## Screens\n\n- A basket\n\n## Rules\n\n- Sums add up\n\n## Done when\n\n- Paying works\n- Opened and tried: A basket\n- Holds whatever one tries: Sums add up\n'
    expect(deriveTasks('Checkout', text).map(({ checklist }) => checklist)).toEqual([
      ['Opened and tried: A basket', 'Paying works'],
      ['Holds whatever one tries: Sums add up', 'Paying works'],
    ])
  })

  it('INTERVIEW-11 an answer that says there is nothing leaves no card and no point, and stays on the sheet', () => {
    const statements = (text: string) => [{ text, author: 'ada', messageId: text }]
    const about = { assumed: false, dontKnow: [] }
    const prompts = derivePrompts('Shop', [
      { topic: 'data', title: 'Data', statements: statements('Nothing, it keeps no data'), ...about },
      { topic: 'screens', title: 'Screens', statements: statements('A basket'), ...about },
      { topic: 'rules', title: 'Rules', statements: statements('No special rules'), ...about },
    ])
    expect(prompts.flatMap(({ title, content }) => deriveTasks(title, content)).map(({ title }) => title)).toEqual([
      'Screen: A basket',
      'Screen: A basket',
    ])
    expect(prompts[0]?.content).toContain('## Data\n\n- Nothing, it keeps no data')
    expect(prompts[1]?.content).not.toContain('special rules')
  })

  it('a text without points is one card', () => {
    expect(deriveTasks('Checkout', 'Just do it.')).toMatchObject([{ title: 'Checkout', description: 'Just do it.' }])
  })

  it('whatever the text, the cards are few, valid, and depend only on cards of the list', () => {
    const line = fc.oneof(
      fc.string(),
      fc.string().map((text) => `- ${text}`),
      fc.string().map((text) => `## ${text}`),
    )
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(line), (title, lines) => {
        const cards = deriveTasks(title.trim() || 'Untitled', lines.join('\n'))
        expect(cards.length).toBeGreaterThan(0)
        expect(cards.length).toBeLessThanOrEqual(MAX_PROPOSED_TASKS)
        for (const card of cards) {
          expect(proposedTask.safeParse(card).success).toBe(true)
          for (const at of card.dependsOn) expect(at).toBeLessThan(cards.length)
        }
      }),
    )
  })

  it('PROMPT-3 the same answers give the same prompts', () => {
    const requirements = [
      {
        topic: 'goal' as const,
        title: 'Goal',
        assumed: false,
        dontKnow: [],
        statements: [{ text: 'Sell', author: 'ada', messageId: 'm1' }],
      },
    ]
    const [context, build] = derivePrompts('Checkout', requirements)
    expect(context).toMatchObject({ type: 'context', sources: ['m1'] })
    expect(context?.content).toContain('- Sell')
    expect(build?.content).toContain('## Done when\n\n- Shown in use: Sell')
    expect(build?.criteria).toEqual([{ text: 'Shown in use: Sell', sources: ['m1'] }])
    expect(derivePrompts('Checkout', requirements)).toEqual([context, build])
  })
})
