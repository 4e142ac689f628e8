import { expect, test } from 'vitest'
import { lastLine, readAnswer } from './send-parcel.ts'

test('IMPORT-1 the last line that has come whole says how far it is', () => {
  expect(lastLine('')).toEqual({})
  expect(lastLine('{"step":"checking","share":0.5}\n{"step":"stor')).toEqual({ step: 'checking', share: 0.5 })
})

test('IMPORT-2 the answer is a project, the server’s own sentence, or that the connection was cut', () => {
  expect(readAnswer('{"step":"storing","share":1}\n{"ok":true,"projectId":"p","name":"Shop"}\n')).toEqual({
    ok: true,
    value: { projectId: 'p', name: 'Shop' },
  })
  expect(readAnswer('{"ok":false,"code":"parcel-newer","message":"Update."}\n')).toMatchObject({ code: 'parcel-newer', message: 'Update.' })
  expect(readAnswer('{"message":"Only an admin may do this."}')).toMatchObject({ ok: false, message: 'Only an admin may do this.' })
  expect(readAnswer('{"step":"storing","share":1}\n')).toMatchObject({ ok: false, code: 'server-unreached' })
})
