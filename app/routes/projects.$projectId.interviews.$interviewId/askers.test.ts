import { describe, expect, it } from 'vitest'
import { askerName, askersFor, defaultAsker } from './askers.ts'

const model = (id: string, usageType: 'general' | 'interview' | 'task_execution', isActive = true) => ({
  id,
  name: id,
  displayName: '',
  usageType,
  isActive,
})
const all = [model('talker', 'interview'), model('big', 'general'), model('coder', 'task_execution'), model('off', 'interview', false)]

describe('who asks', () => {
  it('the built-in list first, then what is active and fits', () => {
    expect(askersFor(all, 'interview', 'Built-in list').map(({ id }) => id)).toEqual(['builtin', 'talker', 'big'])
  })
  it('unless somebody chooses (MODEL-1)', () => {
    expect(defaultAsker(all, 'interview')).toBe('talker')
    expect(defaultAsker([], 'interview')).toBe('builtin')
  })
  it('has a name, also when removed', () => {
    expect(askerName('builtin', all)).toBe('Built-in list')
    expect(askerName('big', all)).toBe('big')
    expect(askerName('01890000-0000-7000-8000-000000000000', all)).toBe('A model that is removed')
    expect(askerName('GPT', all)).toBe('GPT')
  })
})
