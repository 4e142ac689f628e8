import { describe, expect, it } from 'vitest'
import { QUESTION_LIST } from './question-list.ts'
import { asksAgain, repeatedQuestions } from './repeats.ts'

describe('a question that was asked (INTERVIEW-10, I5)', () => {
  it('in other letters, forms or order is the same question', () => {
    const asked = ['Which customers will use the till?', 'What must be printed on a receipt?']
    for (const again of [
      'WHICH customers will use the till',
      'Which customers are using the till? (`src/till.ts`)',
      'The till: which customers would use it?',
      'What must a receipt have printed on it?',
      'Which customers will really use the till?',
    ])
      expect(asksAgain(again, asked), again).toBeDefined()
  })

  it('another question with some of its words is not', () => {
    const asked = ['Which customers will use the till?', 'What must be printed on a receipt?', 'What?']
    for (const other of [
      'Which customers must not use the till at night?',
      'What must be kept of a receipt?',
      'Which till is used most?',
      'Who prints?',
      'Why?',
    ])
      expect(asksAgain(other, asked), other).toBeUndefined()
  })

  it('the built-in list asks nothing twice', () => {
    expect(repeatedQuestions(QUESTION_LIST.map(({ text }) => text))).toEqual([])
  })
})
