import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { readUnsentFile, type UnsentFile, writeUnsentFile } from './unsent-file.ts'

const TEAM = { id: 'team-1', name: 'Harbour crew' }
const ROOM = 'project/0190a6a0-0000-7000-8000-000000000001'

function fileOf(words: readonly string[], room = ROOM): UnsentFile {
  const doc = new Y.Doc()
  const changes: { room: string; update: Uint8Array; rows: [string, string][] }[] = []
  doc.on('update', (update: Uint8Array) => changes.push({ room, update, rows: [['tasks', 'one']] }))
  for (const one of words) doc.getText('t').insert(0, one)
  return { team: TEAM, by: 'Ada', savedAt: '2026-11-25T10:00:00.000Z', changes }
}

describe('a file of unsent changes', () => {
  it('UNSENT-1 is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit: 'binary' })), (words) => {
        const file = fileOf(words)
        const read = readUnsentFile(writeUnsentFile(file), TEAM.id)
        expect(read).toEqual({ ok: true, value: file })
      }),
    )
  })

  it.each([
    ['no JSON', () => 'once upon a time', 'not-unsent-changes'],
    ['another JSON', () => '{"kind":"recipe","format":1}', 'not-unsent-changes'],
    ['one that was cut', () => writeUnsentFile(fileOf(['abc'])).slice(0, -40), 'not-unsent-changes'],
    [
      'an update that is none',
      () => writeUnsentFile(fileOf(['abc'])).replace(/"update": "[^"]+"/, '"update": "AAECAwQF"'),
      'not-unsent-changes',
    ],
    ['a room that only the server writes', () => writeUnsentFile(fileOf(['abc'], ROOM.replace('project', 'record'))), 'not-unsent-changes'],
    ['a room that cannot be', () => writeUnsentFile(fileOf(['abc'], '../team')), 'not-unsent-changes'],
    ['one of a newer Slipway', () => writeUnsentFile(fileOf(['abc'])).replace('"format": 1', '"format": 2'), 'newer-format'],
    ['a kind of room that only a newer one has', () => writeUnsentFile(fileOf(['abc'], ROOM.replace('project', 'plan'))), 'newer-format'],
    ['one of another team', () => writeUnsentFile({ ...fileOf(['abc']), team: { id: 'team-2', name: 'Others' } }), 'other-team'],
  ])('UNSENT-2 refuses %s with a sentence', (_what, text, code) => {
    const answer = readUnsentFile(text(), TEAM.id)
    expect(answer).toMatchObject({ ok: false, code })
    expect(answer.ok ? '' : answer.message).toMatch(/^[A-Z].*\.$/)
  })
})
