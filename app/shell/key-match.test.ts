import { expect, test } from 'vitest'
import { isChord } from './key-match.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('SHELL-1 a letter is its own command, but not with Ctrl, ⌘ or shift', () => {
  expect(isChord(press('c'), 'c')).toBe(true)
  expect(isChord(press('c', { ctrlKey: true }), 'c')).toBe(false)
  expect(isChord(press('C', { shiftKey: true }), 'c')).toBe(false)
})

test('SHELL-1 mod is Ctrl or ⌘', () => {
  expect(isChord(press('k', { metaKey: true }), 'mod+k')).toBe(true)
  expect(isChord(press('k', { ctrlKey: true }), 'mod+k')).toBe(true)
  expect(isChord(press('k'), 'mod+k')).toBe(false)
  expect(isChord(press('Z', { metaKey: true, shiftKey: true }), 'mod+z')).toBe(false)
  expect(isChord(press('Z', { metaKey: true, shiftKey: true }), 'mod+shift+z')).toBe(true)
})

test('SHELL-1 characters that need shift or AltGr on some layouts are found as typed', () => {
  expect(isChord(press('?', { shiftKey: true }), '?')).toBe(true)
  expect(isChord(press('/', { shiftKey: true }), '/')).toBe(true)
  expect(isChord(press('[', { altKey: true }), '[')).toBe(true)
})
