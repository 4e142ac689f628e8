import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OutputCap } from '#runner/processes/output-cap.ts'
import { reapLeftovers } from '#runner/processes/reap.ts'
import { findIsolation, toolFolders } from './bwrap.ts'
import { commandsFor } from './commands.ts'
import { describeIsolation, type Isolation } from './isolation.ts'

// Where bubblewrap is missing, its tests are reported as skipped, never as passed. SLIPWAY_TEST_BWRAP names one that is not on the path.
const bwrap = process.env.SLIPWAY_TEST_BWRAP ?? 'bwrap'
const searchPath = process.env.PATH ?? ''
const sandbox = await findIsolation({ bwrap, searchPath, allowUnsandboxed: false })

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-commands-'))
  for (const name of ['wt', 'repo', 'notes', 'scratch', 'home']) mkdirSync(join(root, name))
  writeFileSync(join(root, 'wt/.git'), 'gitdir: x\n')
  writeFileSync(join(root, 'repo/config'), 'x\n')
  writeFileSync(join(root, 'home/secret'), 'canary-of-the-home\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

async function run(isolation: Isolation, command: string, options: { timeoutMs?: number; maxOutput?: number; signal?: AbortSignal } = {}) {
  const mounts = {
    worktree: join(root, 'wt'),
    commonDir: join(root, 'repo'),
    scratch: join(root, 'scratch'),
    tools: toolFolders(process.execPath),
  }
  const commands = commandsFor(
    isolation,
    mounts,
    { timeoutMs: options.timeoutMs ?? 20_000, maxOutput: options.maxOutput ?? 20_000 },
    join(root, 'notes'),
    searchPath,
  )
  if (!commands.mayRun) throw new Error(commands.whyNot)
  let live = ''
  const ended = await commands.run(['/bin/sh', '-c', command], {
    cwd: mounts.worktree,
    signal: options.signal ?? new AbortController().signal,
    onOutput: (text) => (live += text),
  })
  return { ...ended, live }
}
const commandLine = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

const alive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
const bare: Isolation = { kind: 'unsandboxed' }

describe('commands', () => {
  it('SANDBOX-2 without isolation none runs, and the sentence says how to change that', async () => {
    const none = await findIsolation({ bwrap: '/nowhere/bwrap', searchPath, allowUnsandboxed: false })
    await expect(run(none, 'true')).rejects.toThrow(
      /no sandbox \(bubblewrap\) is installed on the runner. Install bubblewrap, or set SLIPWAY_UNSANDBOXED=allow/,
    )
    expect(await findIsolation({ bwrap: '/nowhere/bwrap', searchPath, allowUnsandboxed: true })).toEqual({ kind: 'unsandboxed' })
    // Like bubblewrap where it may not: it starts, and complains.
    const fails = await findIsolation({ bwrap: process.execPath, searchPath, allowUnsandboxed: false })
    expect(describeIsolation(fails)).toMatch(/does not start on the runner: .*bad option.*\. Mend that, or set SLIPWAY_UNSANDBOXED=allow/)
  })

  it('PROCESS-1 sees only the environment it is given, and its output is told live', async () => {
    process.env.SLIPWAY_CANARY = 'canary-of-the-environment'
    const { output, live, exitCode } = await run(bare, 'env; echo äöü; exit 3')
    expect(exitCode).toBe(3)
    expect(output).toContain('äöü')
    expect(live).toBe(output)
    expect(output).not.toContain('canary')
    expect(output.match(/^[A-Z_]+(?==)/gm)?.sort()).toEqual(expect.arrayContaining(['CI', 'HOME', 'PATH']))
  })

  it.each([
    ['a child in the background', 'sleep 300 & echo $! > pid'],
    ['one that left the group', 'setsid sh -c "echo \\$\\$ > pid; exec sleep 300" & while [ ! -s pid ]; do sleep 0.05; done'],
    [
      'one that ignores TERM',
      '(trap "" TERM; echo $$ > /dev/null; sh -c "echo \\$\\$ > pid; exec sleep 300") & while [ ! -s pid ]; do sleep 0.05; done',
    ],
    ['a double fork', '(sh -c "echo \\$\\$ > pid; exec sleep 300" &) ; while [ ! -s pid ]; do sleep 0.05; done'],
  ])('PROCESS-2 nothing is left of %s', async (_name, command) => {
    await run(bare, command)
    expect(alive(Number(readFileSync(join(root, 'wt/pid'), 'utf8')))).toBe(false)
    expect(readdirSync(join(root, 'notes'))).toEqual([])
  })

  it('PROCESS-1 a deadline ends a command and its grandchildren, though they hold the pipe', async () => {
    const { timedOut, exitCode } = await run(bare, 'sleep 300 & echo $! > pid; sleep 300', { timeoutMs: 500 })
    expect({ timedOut, exitCode }).toEqual({ timedOut: true, exitCode: null })
    expect(alive(Number(readFileSync(join(root, 'wt/pid'), 'utf8')))).toBe(false)
  })

  it('PROCESS-1 output of any length is kept at both ends', async () => {
    const { output } = await run(bare, 'echo BEGIN; head -c 30000000 /dev/zero | tr "\\0" x; echo; echo END', { maxOutput: 10_000 })
    expect(output.length).toBeLessThan(11_000)
    expect(output).toMatch(/^BEGIN\n[\s\S]*characters left out[\s\S]*END\n$/)
  })

  it('PROCESS-3 leftovers are known by their tag', async () => {
    writeFileSync(join(root, 'notes/x.json'), JSON.stringify({ tag: 'nobody-has-this-tag' }))
    writeFileSync(join(root, 'notes/broken.json'), '{}')
    expect(await reapLeftovers(join(root, 'notes'))).toBe(0)
    expect(readdirSync(join(root, 'notes'))).toEqual([])
  })

  it('PROCESS-1 a cap counts what it leaves out', () => {
    const cap = new OutputCap(10)
    expect(cap.add('abc')).toBe('abc')
    expect(cap.add('defgh')).toBe('de')
    expect(cap.add('ijklmnop')).toBe('')
    expect(cap.text()).toBe('abcde\n… 6 characters left out …\nlmnop')
  })

  it('PROCESS-1 a cap holds however the output was cut into pieces', () => {
    const cap = new OutputCap(10)
    for (const piece of ['abcde', 'fghij', 'klmn']) cap.add(piece)
    expect(cap.text()).toBe('abcde\n… 4 characters left out …\njklmn')
  })
})

describe.skipIf(sandbox.kind !== 'bwrap')('commands in bubblewrap', () => {
  const probe = (command: string) => run(sandbox, command)

  it('SANDBOX-3 the worktree can be written, its .git file and git’s folder cannot', async () => {
    expect((await probe('echo x > made.txt')).exitCode).toBe(0)
    expect(existsSync(join(root, 'wt/made.txt'))).toBe(true)
    for (const command of [
      'echo x > .git',
      'rm .git',
      'mv .git other',
      `echo x > ${root}/repo/config`,
      `rm ${root}/repo/config`,
      'echo x > /etc/passwd',
      'touch /usr/x',
    ]) {
      expect((await probe(command)).exitCode, command).not.toBe(0)
    }
    expect(readFileSync(join(root, 'wt/.git'), 'utf8')).toBe('gitdir: x\n')
    expect((await probe(`cat ${root}/repo/config`)).output).toContain('x')
  })

  it('SANDBOX-3 no home, no neighbours, no network, no processes of others', async () => {
    for (const command of [
      `cat ${root}/home/secret`,
      `ls ${root}/scratch`,
      'cat /root/.bashrc',
      'ls /home/*',
      `ls /proc/${process.pid}`,
      'cat /etc/shadow',
    ]) {
      const { exitCode, output } = await probe(command)
      expect(exitCode, command).not.toBe(0)
      expect(output).not.toContain('canary')
    }
    const net = await probe(
      `${process.execPath} -e "require('net').connect(80,'1.1.1.1').on('error',e=>{console.log('NET',e.code);process.exit(7)}).setTimeout(3000)"`,
    )
    expect(net.output).toContain('NET')
    expect((await probe('cat /proc/net/dev | grep -v lo: | wc -l')).output).toMatch(/\b2\n/)
  })

  it('PROCESS-2 nothing is left of a sandboxed tree that ignores TERM', async () => {
    const { timedOut } = await run(sandbox, 'trap "" TERM; (setsid sleep 4321 &) ; sleep 4321', { timeoutMs: 500 })
    expect(timedOut).toBe(true)
    // The kernel ends what was in the sandbox with its first process, a moment after that one.
    const left = () =>
      readdirSync('/proc').filter((name) => /^\d+$/.test(name) && alive(Number(name)) && commandLine(name).includes('4321'))
    await expect.poll(left, { timeout: 5_000 }).toEqual([])
  })
})
