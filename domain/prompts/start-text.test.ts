import { describe, expect, it } from 'vitest'
import { renderWhole } from './rules.ts'
import { decideStartText, type FilledAtStart } from './start-text.ts'

const prompt = (id: string, content: string, fields: { components?: string[]; variables?: Record<string, string> } = {}) => ({
  id,
  familyId: id,
  title: id,
  version: 1,
  content,
  components: [],
  variables: {},
  ...fields,
})
const style = prompt('style', 'Write {{lang}} for {{team}}', { variables: { team: 'us', lang: 'C' } })
const find = (id: string) => (id === 'style' ? style : undefined)
const filled: FilledAtStart = {
  'card.id': 'APP-1',
  'card.title': 'Pay with {{cards}}',
  'card.description': '',
  'project.name': 'Shop',
  'repo.name': 'shop',
  'repo.branch': 'main',
}

describe('variables (PROMPT-2, R13)', () => {
  it('every place is named, and what has no value; an empty value is none', () => {
    const whole = prompt('a', 'Do {{what}} by {{ when }}, {{what}}', { components: ['style'], variables: { lang: 'Go', what: '' } })
    expect(renderWhole(whole, find)).toMatchObject({
      value: {
        text: 'Write Go for us\n\nDo {{what}} by {{ when }}, {{what}}',
        names: ['lang', 'team', 'what', 'when'],
        missing: ['what', 'when'],
      },
    })
  })

  it("a prompt's own value wins over its component's, and an empty one does not hide that", () => {
    expect(renderWhole(prompt('a', 'x', { components: ['style'], variables: { lang: 'Go', team: '' } }), find)).toMatchObject({
      value: { text: 'Write Go for us\n\nx' },
    })
  })

  it('a backslash in front makes it ordinary text, and what a value says is no template', () => {
    expect(renderWhole(prompt('a', '\\{{raw}} {{x}}', { variables: { x: '{{y}}' } }), find)).toMatchObject({
      value: { text: '{{raw}} {{y}}', names: ['x'], missing: [] },
    })
  })

  it('words that every object has are names like others', () => {
    expect(renderWhole(prompt('a', '{{constructor}}'), find)).toMatchObject({
      value: { text: '{{constructor}}', missing: ['constructor'] },
    })
  })
})

describe('the text of a start (PROMPT-4, R13)', () => {
  it('a variable without a value blocks it by name, in a component too', () => {
    const nameless = prompt('rules', 'Ask {{who}}')
    const whole = prompt('Build', 'Do {{what}}', { components: ['rules'] })
    expect(decideStartText(whole, () => nameless, filled)).toMatchObject({
      ok: false,
      code: 'variable-missing',
      message: expect.stringContaining('Build v1 has no value for who, what.'),
    })
  })

  it('card, project and repository fill themselves in, whatever words they hold', () => {
    const whole = prompt('Build', '{{card.id}} {{card.title}}[{{card.description}}] {{project.name}} {{repo.name}} {{repo.branch}}')
    expect(decideStartText(whole, find, filled)).toEqual({ ok: true, value: 'APP-1 Pay with {{cards}}[] Shop shop main' })
  })
})
