import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

describe('the arguments of the bench', () => {
  const rows = ['throughput', 'join', 'drag']

  it('BENCH-12 runs everything in full by default', () => {
    expect(readArguments([], rows)).toMatchObject({ settings: { name: 'full' }, rows })
  })

  it('BENCH-12 runs only the rows named, in the order of the table', () => {
    expect(readArguments(['--quick', '--only', 'drag,throughput'], rows)).toMatchObject({
      settings: { name: 'quick' },
      rows: ['throughput', 'drag'],
    })
    expect(readArguments(['--only', 'join', '--only=drag'], rows).rows).toEqual(['join', 'drag'])
  })

  it('BENCH-12 a name there is not is answered with those there are', () => {
    expect(() => readArguments(['--only', 'speed'], rows)).toThrow('There is no row "speed". Rows are throughput, join, drag.')
  })
})
