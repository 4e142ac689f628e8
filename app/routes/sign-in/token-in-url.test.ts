import { describe, expect, it } from 'vitest'
import { takeToken, tokenFromPaste } from './token-in-url.ts'

describe('takeToken', () => {
  it('takes the token and leaves the rest of the address', () => {
    expect(takeToken('http://localhost:4600/?token=abc&x=1#y')).toEqual({ token: 'abc', rest: '/?x=1#y' })
  })
  it('keeps a deep link a deep link', () => {
    expect(takeToken('http://localhost:4600/projects/1?token=abc')).toEqual({ token: 'abc', rest: '/projects/1' })
  })
  it('finds none where there is none, or only an empty one', () => {
    expect(takeToken('http://localhost:4600/')).toBeNull()
    expect(takeToken('http://localhost:4600/?token=')).toBeNull()
  })
  it('leaves an invite alone', () => {
    expect(takeToken('http://localhost:4600/join?token=abc')).toBeNull()
  })
})

describe('tokenFromPaste', () => {
  it('reads a whole URL, or the token alone', () => {
    expect(tokenFromPaste(' http://localhost:4600/?token=abc \n')).toBe('abc')
    expect(tokenFromPaste(' abc ')).toBe('abc')
  })
})
