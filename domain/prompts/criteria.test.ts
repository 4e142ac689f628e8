import { describe, expect, it } from 'vitest'
import { criteriaIn, criterionSources, wholeOf } from './criteria.ts'

const sheet = {
  id: 'sheet',
  interviewId: 'i1',
  content: '## Rules\n\n- Sums add up\n\n## Done when\n\n- Paying works\n',
  components: [] as string[],
  sources: ['m1'],
  criteria: [{ text: 'Paying works', sources: ['m1'] }],
  seen: [] as string[],
}
const build = {
  ...sheet,
  id: 'build',
  content: '## Done when\n\n- [ ] Paying  works\n- A test proves it\n',
  components: ['sheet', 'gone'],
  sources: ['m1', 'm2'],
  criteria: [
    { text: 'Paying works', sources: ['m2'] },
    { text: 'What a person took out', sources: ['m2'] },
  ],
}
const find = (id: string) => [sheet, build].find((one) => one.id === id)
const whole = wholeOf(build, find)
const edit = (id: string, messageId: string) => ({ id, messageId })

describe('PROMPT-10 the criteria of a prompt (I8)', () => {
  it('are what its text says, with the answers they came from; one written by hand came from none', () => {
    expect(whole.map(({ id }) => id)).toEqual(['build', 'sheet'])
    expect(criteriaIn(whole)).toEqual([
      { text: 'Paying  works', sources: ['m2', 'm1'] },
      { text: 'A test proves it', sources: [] },
    ])
  })

  it('a circle of components ends', () => {
    const loop = { ...sheet, components: ['sheet'] }
    expect(wholeOf(loop, () => loop)).toHaveLength(1)
  })

  it('lead to their answers, and are "source changed" until somebody has said that the prompt still holds', () => {
    const edits = [edit('e1', 'm2'), edit('e2', 'm9')]
    expect(criterionSources(['m2', 'm1'], whole, edits)).toEqual([
      { messageId: 'm2', interviewId: 'i1', changes: [edit('e1', 'm2')] },
      { messageId: 'm1', interviewId: 'i1', changes: [] },
    ])
    const confirmed = [{ ...build, seen: ['e1'] }, sheet]
    expect(criterionSources(['m2'], confirmed, edits)).toEqual([{ messageId: 'm2', interviewId: 'i1', changes: [] }])
    expect(criterionSources(['elsewhere'], whole, edits), 'of another interview').toEqual([])
  })
})
