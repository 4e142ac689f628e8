import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { execa } from 'execa'
import { killTree, TAG } from './kill-tree.ts'
import { OutputCap } from './output-cap.ts'

export type ProcessWanted = {
  argv: readonly string[]
  cwd: string
  env: Record<string, string>
  timeoutMs: number
  maxOutput: number
  signal: AbortSignal
  onOutput: (text: string, stream: 'stdout' | 'stderr') => void
  /** Where a note about the running process is kept, so that a later start can end what a crash left behind. */
  notesIn: string
}
export type ProcessEnded = { exitCode: number | null; output: string; timedOut: boolean }

/**
 * PROCESS-1: one command with its own process group, only the environment given, bounded output, and a deadline; when it
 * ends, by itself or not, nothing it started is left.
 */
export async function runProcess(wanted: ProcessWanted): Promise<ProcessEnded> {
  const tag = randomUUID()
  const note = join(wanted.notesIn, `${tag}.json`)
  await writeFile(note, JSON.stringify({ tag }))
  const output = new OutputCap(wanted.maxOutput)
  const [file = '', ...args] = wanted.argv
  let timedOut = false
  let killing: Promise<void> | undefined
  const child = execa(file, args, {
    cwd: wanted.cwd,
    env: { ...wanted.env, [TAG]: tag },
    extendEnv: false,
    stdin: 'ignore',
    buffer: false,
    encoding: 'buffer',
    detached: true,
    cleanup: false,
    reject: false,
  })
  const kill = (): void => {
    killing ??= killTree(child.pid, tag)
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new StringDecoder('utf8')
    child[stream]?.on('data', (bytes: Buffer) => {
      const live = output.add(decoder.write(bytes))
      if (live) wanted.onOutput(live, stream)
    })
  }
  const timer = setTimeout(() => {
    timedOut = true
    kill()
  }, wanted.timeoutMs)
  wanted.signal.addEventListener('abort', kill, { once: true })
  if (wanted.signal.aborted) kill()
  // A grandchild may hold the pipes open for ever: the command counts as ended when the child is, and the rest is killed.
  const ended = await new Promise<{ exitCode: number | null; failed?: string }>((resolve) => {
    child.once('exit', (exitCode) => setTimeout(() => resolve({ exitCode }), 30))
    child.once('error', (error) => resolve({ exitCode: null, failed: error.message }))
  })
  clearTimeout(timer)
  wanted.signal.removeEventListener('abort', kill)
  kill()
  await killing
  child.stdout?.destroy()
  child.stderr?.destroy()
  await rm(note, { force: true })
  if (ended.failed) output.add(`${file} could not be started: ${ended.failed}`)
  const rest = output.ending()
  if (rest) wanted.onOutput(rest, 'stdout')
  return { exitCode: ended.exitCode, output: output.text(), timedOut }
}
