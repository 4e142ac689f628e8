import { spawn } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { bundle, isBundled } from './bundle.mjs'
import { ROOT } from './root.mjs'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-bundle-'))
  for (const source of ['sync-server', 'runner', 'domain', 'bin', 'package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(join(ROOT, source), join(root, source), { recursive: true })
  mkdirSync(join(root, 'app'))
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A process of its own that bundles, as each worker of a test run does. */
const elsewhere = (): Promise<string> =>
  new Promise((answer) => {
    const program = `import { bundle } from ${JSON.stringify(join(root, 'bin/launch/bundle.mjs'))}; process.stdout.write(bundle(${JSON.stringify(root)}))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program])
    let said = ''
    child.stdout.on('data', (text) => (said += String(text)))
    child.once('close', () => answer(said))
  })

describe('bundles', () => {
  it('are made once and whole, however many ask at the same moment', async () => {
    expect(isBundled(root)).toBe(false)
    const [first, second, third] = await Promise.all([elsewhere(), elsewhere(), elsewhere()])
    expect(new Set([first, second, third, bundle(root)]).size).toBe(1)
    expect(isBundled(root)).toBe(true)
    expect(readdirSync(join(root, 'build/node'))).toEqual([basename(first)])
    expect(readdirSync(first)).toEqual(expect.arrayContaining(['server.js', 'runner.js', 'token.js', 'seed.js', 'merge-thread.js']))
  })

  it('are made again when a source changed, beside the ones that may be running; a test or a page is no source of theirs', () => {
    const before = bundle(root)
    appendFileSync(join(root, 'sync-server/gate/policy.test.ts'), '// more\n')
    appendFileSync(join(root, 'app/root.tsx'), '// more\n')
    expect(bundle(root)).toBe(before)
    appendFileSync(join(root, 'domain/core/rooms.ts'), '// more\n')
    expect(isBundled(root)).toBe(false)
    const after = bundle(root)
    expect(readdirSync(dirname(after)).sort()).toEqual([basename(before), basename(after)].sort())
  })

  it('hold threads that run without the sources’ loader', async () => {
    const doc = new Y.Doc()
    doc.getMap('m').set('x', 1)
    const thread = new Worker(join(bundle(root), 'merge-thread.js'), { execArgv: [] })
    const answer = new Promise<{ id: number; value: { bytes: Uint8Array } }>((resolve) => thread.once('message', resolve))
    thread.postMessage({ id: 7, request: [Y.encodeStateAsUpdate(doc)] })
    const { id, value } = await answer
    await thread.terminate()
    const copy = new Y.Doc()
    Y.applyUpdate(copy, value.bytes)
    expect([id, copy.getMap('m').get('x')]).toEqual([7, 1])
  })
})
