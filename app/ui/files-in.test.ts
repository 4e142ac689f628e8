import { expect, test } from 'vitest'
import { filesIn, withLines } from './files-in.ts'

test('PICTURE-6 a pasted picture is taken, and a table that comes as words and as a picture stays words', () => {
  const file = new File(['x'], 'till.png')
  const transfer = (types: string[]) => ({ types, files: [file] as unknown as FileList })
  expect(filesIn(transfer(['Files']))).toEqual([file])
  expect(filesIn(transfer(['text/plain', 'Files']))).toEqual([])
  expect(filesIn(null)).toEqual([])
})

test('PICTURE-6 it stands on a line of its own, where the caret was', () => {
  expect(withLines('', 0, '![a](b)')).toBe('![a](b)\n')
  expect(withLines('Look: here', 5, '![a](b)')).toBe('Look:\n![a](b)\n here')
  expect(withLines('one\ntwo', 3, '![a](b)')).toBe('one\n![a](b)\ntwo')
})
