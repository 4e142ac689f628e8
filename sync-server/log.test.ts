import { spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SaidOnce } from './log.ts'

const LOGGING = `
  import { makeLog } from ${JSON.stringify(fileURLToPath(new URL('./log.ts', import.meta.url)))}
  const log = makeLog('info')
  for (let at = 0; at < 50; at++) log.info('x'.repeat(50_000))
  setTimeout(() => process.stdout.write('it lives'), 100)`

describe('the log', () => {
  it.skipIf(!existsSync('/dev/full'))('LOG-3 that cannot be written, because its disk is full, ends nobody', () => {
    const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', LOGGING], {
      stdio: ['ignore', 'pipe', openSync('/dev/full', 'w')],
      encoding: 'utf8',
    })
    expect([status, stdout]).toEqual([0, 'it lives'])
  })

  it('LOG-4 says that something fails when that begins, and again only after it worked', () => {
    const said: string[] = []
    const trouble = new SaidOnce((reason) => said.push(reason))
    for (const reason of ['first', 'second']) trouble.failed(new Error(reason))
    trouble.worked()
    trouble.failed(new Error('third'))
    expect(said).toEqual(['first', 'third'])
  })
})
