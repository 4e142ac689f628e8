import { describe, expect, it } from 'vitest'
import { sayUsed } from './usage-words.ts'

const model = (id: string, usageType: 'general' | 'interview', isActive = true) => ({ id, name: id, displayName: '', usageType, isActive })

describe('sayUsed (MODEL-1)', () => {
  it('names the model and why', () => {
    const both = [model('big', 'general'), model('talker', 'interview')]
    expect(sayUsed(both, 'interview')).toEqual({ name: 'talker', why: 'it is for this' })
    expect(sayUsed(both, 'task_execution')).toEqual({ name: 'big', why: 'it is the general one' })
  })
  it('without one it is the built-in', () => {
    expect(sayUsed([], 'interview')).toEqual({ name: 'Built-in', why: 'no model is set up' })
    expect(sayUsed([model('off', 'general', false)], 'interview').name).toBe('Built-in')
  })
})
