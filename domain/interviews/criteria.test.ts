import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { criteriaFor, criteriaOf, criterion, type Requirement, withSources } from './criteria.ts'
import { TOPIC_WORDS } from './rules.ts'
import { saysNothing } from './says-nothing.ts'
import { TOPICS, type Topic } from './schema.ts'

const requirement = (topic: Topic, texts: readonly string[], more: Partial<Requirement> = {}): Requirement => ({
  topic,
  title: TOPIC_WORDS[topic],
  assumed: false,
  dontKnow: [],
  statements: texts.map((text, at) => ({ text, author: 'ada', messageId: `${topic}-${at}` })),
  ...more,
})

describe('INTERVIEW-6 what can be checked of a requirement (I8)', () => {
  it('whatever was answered, each requirement has at least one criterion, and each names answers it came from', () => {
    const text = fc.string({ minLength: 1 }).filter((said) => said.trim() !== '' && !saysNothing(said))
    fc.assert(
      fc.property(fc.constantFrom(...TOPICS), fc.array(text, { minLength: 1, maxLength: 4 }), (topic, texts) => {
        const criteria = criteriaFor(requirement(topic, texts))
        expect(criteria.length).toBeGreaterThan(0)
        for (const one of criteria) {
          expect(criterion.safeParse(one).success).toBe(true)
          expect(one.sources.length).toBeGreaterThan(0)
        }
        const linked = new Set(criteria.flatMap(({ sources }) => sources))
        expect([...linked].sort(), 'every answer is checked').toEqual(texts.map((_, at) => `${topic}-${at}`).sort())
      }),
    )
  })

  it('INTERVIEW-11 an answer that says there is nothing has none; one that says something of it has', () => {
    const checked = (text: string) => criteriaFor(requirement('data', [text])).map((one) => one.text)
    for (const text of ['Nothing, it keeps no data', 'no special rules.', ' None ', 'N/A', 'Nothing in particular'])
      expect(checked(text)).toEqual([])
    for (const text of ['Nothing is ever deleted for good', 'No screen: a command or an API', 'None but the names'])
      expect(checked(text)).toEqual([`Checked in the data: ${text}`])
  })

  it('of a list each line is one, without its bullet and with its number where that is meant', () => {
    const said = requirement('doneWhen', ['- Paying works\n2. The receipt arrives\n3 people can pay at once'])
    expect(criteriaFor(said).map(({ text }) => text)).toEqual(['Paying works', 'The receipt arrives', '3 people can pay at once'])
  })

  it('what two people said alike is one criterion that came from both', () => {
    expect(criteriaFor(requirement('doneWhen', ['Paying works', 'paying  works']))).toEqual([
      { text: 'Paying works', sources: ['doneWhen-0', 'doneWhen-1'] },
    ])
  })

  it('what is assumed is checked for being said, and what nobody talked about is not checked', () => {
    const assumed = requirement('limits', [], { assumed: true, dontKnow: ['m7'] })
    expect(criteriaOf([assumed, requirement('goal', [])])).toEqual([
      { text: 'What was assumed about limits is written down', sources: ['m7'] },
    ])
  })

  it('INTERVIEW-6 I8 one that is rewritten by hand keeps the answers it came from; another one in its place does not get them', () => {
    const known = [
      { text: 'Paying works', sources: ['m1'] },
      { text: 'Holds whatever one tries: No entry is lost', sources: ['m2'] },
      { text: 'Limit kept: Ten people', sources: ['m3'] },
    ]
    const rewritten = ['Paying by card works within five seconds', 'No entry is ever lost', 'limit  kept: Ten people', 'Ten people at once']
    expect(withSources(rewritten, known).map(({ sources }) => sources)).toEqual([['m1'], ['m2'], ['m3'], []])
    const others = ['Printing works', 'Holds whatever one tries: Only owners edit', 'Is quick', '']
    expect(withSources(others, known).flatMap(({ sources }) => sources)).toEqual([])
    // Each goes to one text only.
    expect(withSources(['Paying works now', 'Paying works later'], known).map(({ sources }) => sources)).toEqual([['m1'], []])
  })
})
