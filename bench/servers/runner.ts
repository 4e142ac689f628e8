import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { bundle, nodeArgs } from '#launch/bundle.mjs'
import { ROOT } from '#launch/root.mjs'
import { type Running, start } from './process.ts'

/** This product's runner beside the server of the same folder; answers when it says that it is ready. */
export async function startRunner(folder: string): Promise<Running> {
  const env = { ...process.env, SLIPWAY_DATA: path.join(folder, 'slipway'), SLIPWAY_UNSANDBOXED: 'allow', LOG_LEVEL: 'info' }
  const program = start(process.execPath, nodeArgs(bundle(ROOT), 'runner'), { cwd: ROOT, env })
  const end = Date.now() + 90_000
  while (!program.complaints().includes('runner ready')) {
    if (program.child.exitCode !== null || Date.now() > end) throw new Error(`the runner does not start: ${program.complaints()}`)
    await wait(50)
  }
  return program
}
