import { describe, expect, it } from 'vitest'
import { wordsAt } from '#domain/core/refusal.ts'
import { checkFields, EMPTY, fieldsOf, settled } from './model-form.ts'

const good = { ...EMPTY, name: 'Local', baseUrl: 'http://localhost:11434/v1', modelName: 'qwen3' }
const refusal = (patch: object, others: { name: string }[] = []) => {
  const answer = checkFields({ ...good, ...patch }, others)
  return answer.ok ? null : { field: answer.field, message: answer.message }
}

describe('checkFields (M1, M4)', () => {
  it('takes a local server by its base URL alone', () => {
    const answer = checkFields(good, [])
    expect(answer.ok && settled(answer.value)).toEqual({
      name: 'Local',
      displayName: '',
      providerType: 'openai_compatible',
      baseUrl: 'http://localhost:11434/v1',
      modelName: 'qwen3',
      usageType: 'general',
      isActive: true,
      takesPictures: false,
    })
  })
  it("refuses in the domain's words, naming the field", () => {
    expect(refusal({ name: '' })).toEqual({ field: 'name', message: 'A model needs a name.' })
    expect(refusal({ name: 'x'.repeat(101) })?.message).toBe('A model name can have at most 100 characters.')
    expect(refusal({ modelName: ' ' })?.field).toBe('modelName')
    expect(refusal({ baseUrl: 'localhost:1' })?.field).toBe('baseUrl')
    expect(refusal({ baseUrl: '' })?.field).toBe('baseUrl')
    expect(refusal({ baseUrl: '', providerType: 'openai' })).toBeNull()
    expect(refusal({ temperature: '3' })?.field).toBe('temperature')
    expect(refusal({ temperature: 'warm' })?.field).toBe('temperature')
    expect(refusal({ contextWindow: '1.5' })?.field).toBe('contextWindow')
  })
  it('a name is there once, whatever its case', () => {
    expect(refusal({}, [{ name: 'LOCAL' }])?.field).toBe('name')
  })
  it('says of every field at once what is wrong, of two together too', () => {
    const answer = checkFields({ ...good, name: 'x'.repeat(101), baseUrl: '', modelName: ' ', temperature: 'warm', inputPrice: '-1' }, [])
    expect(answer.ok ? [] : ['name', 'baseUrl', 'modelName', 'temperature', 'inputPrice'].map((field) => wordsAt(answer, field))).toEqual([
      'A model name can have at most 100 characters.',
      'This protocol needs a base URL.',
      'What the provider calls it is needed.',
      'From 0 to 2.',
      'A price is a number of dollars, 0 or more.',
    ])
    const taken = checkFields({ ...good, temperature: '3' }, [{ name: 'LOCAL' }])
    expect(taken.ok ? null : wordsAt(taken, 'name')).toBe('A model called “Local” is there already. Choose another name.')
    expect(taken.ok ? null : wordsAt(taken, 'temperature')).toBe('From 0 to 2.')
  })
  it('reads numbers as people write them', () => {
    const answer = checkFields({ ...good, temperature: '0,2', contextWindow: ' 128000 ' }, [])
    expect(answer.ok && [answer.value.temperature, answer.value.contextWindow]).toEqual([0.2, 128_000])
  })
})

describe('fieldsOf', () => {
  it('never holds a key', () => {
    const model = {
      name: 'a',
      displayName: '',
      modelName: 'm',
      usageType: 'general' as const,
      isActive: true,
      defaultTemperature: 0.5,
      contextWindow: null,
      takesPictures: false,
      inputPrice: 2.5,
      outputPrice: null,
    }
    expect(fieldsOf(model, { type: 'openai', baseUrl: null })).toMatchObject({
      apiKey: '',
      temperature: '0.5',
      contextWindow: '',
      inputPrice: '2.5',
      outputPrice: '',
      baseUrl: '',
    })
  })
})
