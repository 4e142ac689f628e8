import { expect, it } from 'vitest'
import { addressOfPage } from './origin.ts'

it('GATE-11 an invitation leads to where the page stands, also behind a proxy that speaks TLS, and nowhere else', () => {
  const host = 'localhost:4600'
  expect(addressOfPage({ host, origin: 'https://localhost:4600' })).toBe('https://localhost:4600')
  expect(addressOfPage({ host, origin: 'https://elsewhere.test' })).toBe('http://localhost:4600')
  expect(addressOfPage({ host })).toBe('http://localhost:4600')
})
