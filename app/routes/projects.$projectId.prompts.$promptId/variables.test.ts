import { describe, expect, it } from 'vitest'
import { renderPrompt } from '#domain/prompts/rules.ts'
import { renderWithNames } from './variables.ts'

const prompt = (id: string, content: string, fields: object = {}) => ({
  id,
  familyId: id,
  title: id,
  version: 1,
  content,
  components: [] as string[],
  variables: {} as Record<string, string>,
  ...fields,
})
const style = prompt('style', 'Write {{lang}} for {{team}}', { variables: { team: 'us' } })
const find = (id: string) => (id === 'style' ? style : undefined)

describe('renderWithNames (PROMPT-2, R13)', () => {
  it('names every place and what is still empty', () => {
    const rendered = renderWithNames(prompt('a', 'Do {{what}}', { components: ['style'], variables: { lang: 'Go', what: '' } }), find)
    expect(rendered).toEqual({ answer: { ok: true, value: 'Write Go for us\n\nDo {{what}}' }, names: ['lang', 'what'], missing: ['what'] })
  })
  it('says the same text as the rule', () => {
    const whole = prompt('a', 'Do {{what}}', { components: ['style'], variables: { lang: 'Go', what: 'it' } })
    expect(renderWithNames(whole, find).answer).toEqual(renderPrompt(whole, find))
  })
  it('a missing component is refused by name', () => {
    expect(renderWithNames(prompt('a', 'x', { components: ['gone'] }), find).answer).toMatchObject({ ok: false, code: 'component-missing' })
  })
})
