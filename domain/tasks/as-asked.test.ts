import { expect, it } from 'vitest'
import { askedOtherwise } from './as-asked.ts'
import { readWritten } from './written.ts'

const long = 'Customers want to see what is in the oven before they come to the shop.\nAt seven in the morning most of all.'

it.each([['Bread\n\nBake it.'], [long]])('a card that says what was asked, with its title or without, shows it only once', (words) => {
  expect(askedOtherwise(readWritten(words))).toBe(null)
})

it('once the title or the description says something else, what was asked is there as it was', () => {
  expect(askedOtherwise({ ...readWritten('Bread\n\nBake it.'), description: 'Bake it twice.' })).toBe('Bread\n\nBake it.')
  expect(askedOtherwise({ ...readWritten('Bread\n\nBake it.'), title: 'Rolls' })).toBe('Bread\n\nBake it.')
})

it('a card that was typed as a title alone was asked for in no other words', () => {
  expect(askedOtherwise({ title: 'Rolls', description: '', userRequest: null })).toBe(null)
})
