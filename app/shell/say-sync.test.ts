import { expect, test } from 'vitest'
import type { SyncView } from '#app/replica/shown.ts'
import { saySync } from './say-sync.ts'

test('SHELL-2 whether the server is away, or saves nothing, stands beside the state', () => {
  const say = (
    state: 'on the server' | 'on this device' | 'not saved',
    connection: 'connecting' | 'online' | 'offline' | 'refused',
    waiting: number,
    trouble = '',
    device: SyncView['device'] = null,
    coming = 0,
  ) => saySync({ state, connection, waiting, pictures: 0, trouble, coming, lostAt: null, device, sentence: '' })
  expect(say('on the server', 'online', 0)).toEqual({ tone: 'ok', words: 'on the server', detail: '' })
  expect(say('on this device', 'offline', 3)).toEqual({ tone: 'warn', words: 'on this device', detail: 'offline' })
  expect(say('on this device', 'online', 1)).toEqual({ tone: 'warn', words: 'on this device', detail: '' })
  expect(say('on the server', 'connecting', 0)).toEqual({ tone: 'ok', words: 'on the server', detail: '' })
  expect(say('not saved', 'refused', 1).tone).toBe('danger')
  expect(say('on the server', 'offline', 0).tone).toBe('warn')
  const full = "The server's disk is full."
  expect(say('on this device', 'online', 2, full)).toEqual({
    tone: 'warn',
    words: 'on this device',
    detail: "server can't save",
  })
  expect(say('on the server', 'online', 0, '', { kind: 'nothing', sentence: 'x' })).toEqual({
    tone: 'warn',
    words: 'on the server',
    detail: 'not kept here',
  })
  expect(say('on the server', 'online', 0, full)).toEqual({ tone: 'warn', words: 'on the server', detail: "server can't save" })
  expect(say('on the server', 'online', 0, '', null, 6_600_000)).toEqual({ tone: 'ok', words: 'on the server', detail: '6.6 MB coming' })
})
