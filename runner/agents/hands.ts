import { constants } from 'node:fs'
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isForbidden } from '#domain/changes/forbidden.ts'
import type { Git } from '#runner/git/git.ts'
import { GitFailure } from '#runner/git/git.ts'
import type { CommandRunner } from '#runner/sandbox/isolation.ts'
import { planPatch } from './patch.ts'
import { judgePath } from './path-guard.ts'

/** What a hand answers: words for the agent, and whether it did what was asked. */
export type HandResult = { ok: boolean; text: string }

const MAX_READ = 60_000
const MAX_WRITE = 2_000_000
const MAX_LISTED = 400
const MAX_FOUND = 100

/** Where hands work. */
export type HandsPlace = {
  root: string
  git: Git
  forbiddenPaths: readonly string[]
  /** Throws when somebody changed git's own files. */
  checkSeal: () => Promise<void>
  commands: CommandRunner
}

/**
 * The hands of an agent: everything it can do to the world, and nothing else. A try to reach beyond is refused with a
 * sentence, and remembered for people to see. Their place may still be made while the agent thinks: what it asks for waits
 * until the place is there, or throws what kept it from being there.
 */
export class Hands {
  /** HANDS-2: what the agent tried that it may not do. */
  readonly tries: string[] = []
  private readonly place: Promise<HandsPlace>

  constructor(place: Promise<HandsPlace>) {
    this.place = place
  }

  /** Files under a folder, as git sees them: tracked and new, without ignored ones. */
  async listFiles(path: string): Promise<HandResult> {
    const judged = await this.judge('list', path)
    if (!judged.ok) return judged
    const listed = await judged.place.git('ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', judged.path || '.')
    const names = [...new Set(listed.split('\0').filter(Boolean))].sort()
    if (names.length === 0) return no(`There are no files under ${judged.path || 'the top folder'}.`)
    const more = names.length > MAX_LISTED ? `\n… and ${names.length - MAX_LISTED} more; list a folder below.` : ''
    return yes(names.slice(0, MAX_LISTED).join('\n') + more)
  }

  /** A file's text, or some of its lines. */
  async readFile(path: string, from?: number, to?: number): Promise<HandResult> {
    const judged = await this.judge('read', path)
    if (!judged.ok) return judged
    const found = await stat(judged.full).catch(() => undefined)
    if (!found) return no(`There is no file ${judged.path}.`)
    if (found.isDirectory()) return no(`${judged.path} is a folder. Use list_files.`)
    if (found.size > 20_000_000) return no(`${judged.path} is too large to read (${found.size} bytes).`)
    const bytes = await readFile(judged.full)
    if (bytes.includes(0)) return no(`${judged.path} is not a text file (${found.size} bytes).`)
    const lines = bytes.toString('utf8').split('\n')
    const text =
      from === undefined && to === undefined ? lines.join('\n') : lines.slice(Math.max(0, (from ?? 1) - 1), to ?? lines.length).join('\n')
    return yes(
      text.length > MAX_READ ? `${text.slice(0, MAX_READ)}\n… cut; the file has ${lines.length} lines, read a range of them.` : text,
    )
  }

  /** Lines that hold a text. */
  async search(text: string, path: string): Promise<HandResult> {
    const judged = await this.judge('search', path)
    if (!judged.ok) return judged
    if (text === '') return no('Say what to search for.')
    const args = [
      'grep',
      '--no-color',
      '--untracked',
      '--line-number',
      '-I',
      '--fixed-strings',
      '--ignore-case',
      '-e',
      text,
      '--',
      judged.path || '.',
    ]
    const found = await judged.place.git(...args).catch((error: unknown) => {
      if (error instanceof GitFailure && error.exitCode === 1) return ''
      throw error
    })
    const lines = found
      .split('\n')
      .filter(Boolean)
      .map((line) => line.slice(0, 300))
    if (lines.length === 0) return no(`Nothing holds "${text}".`)
    return yes(lines.slice(0, MAX_FOUND).join('\n') + (lines.length > MAX_FOUND ? `\n… and ${lines.length - MAX_FOUND} more lines.` : ''))
  }

  /** Writes a whole file, making folders on the way. */
  async writeFile(path: string, text: string): Promise<HandResult> {
    const judged = await this.judge('write', path)
    if (!judged.ok) return judged
    if (text.length > MAX_WRITE) return no(`That is too much for one file (${text.length} characters).`)
    await put(judged.full, text)
    return yes(`Wrote ${judged.path} (${sayLines(text)}).`)
  }

  /** HANDS-3: a unified diff over any number of files, done whole or not at all; the hunk that does not fit is named. */
  async applyPatch(patch: string): Promise<HandResult> {
    const plan = await planPatch(patch, async (path) => {
      const judged = await this.judge('write', path)
      if (!judged.ok) return { ok: false as const, why: judged.text }
      const text = await readFile(judged.full, 'utf8').catch(() => undefined)
      return { ok: true as const, full: judged.full, text }
    })
    if (!plan.ok) return no(plan.why)
    for (const step of plan.steps) {
      if (step.text === undefined) await rm(step.full, { force: true })
      else await put(step.full, step.text)
    }
    return yes(`Applied to ${plan.steps.map((step) => step.path).join(', ')}.`)
  }

  /** Runs a command where agents' commands may run, or says why it may not. */
  async runCommand(
    command: string,
    signal: AbortSignal,
    onOutput: (text: string, stream: 'stdout' | 'stderr') => void,
    onBegin: () => void = () => {},
  ): Promise<HandResult & { exitCode: number | null; ran: boolean }> {
    const place = await this.place
    await place.checkSeal()
    if (!place.commands.mayRun) {
      this.tries.push(`run: ${command.slice(0, 200)}`)
      return { ok: false, text: place.commands.whyNot, exitCode: null, ran: false }
    }
    onBegin()
    const ended = await place.commands.run(['/bin/sh', '-c', command], { cwd: place.root, signal, onOutput })
    await place.checkSeal()
    const note = ended.timedOut ? '\n(stopped: it ran too long)' : ''
    return {
      ok: ended.exitCode === 0,
      text: `exit code ${ended.exitCode ?? 'none'}${note}\n${ended.output}`,
      exitCode: ended.exitCode,
      ran: true,
    }
  }

  private async judge(
    what: 'list' | 'read' | 'search' | 'write',
    path: string,
  ): Promise<{ ok: true; place: HandsPlace; path: string; full: string; text: '' } | { ok: false; text: string }> {
    const place = await this.place
    await place.checkSeal()
    const judged = await judgePath(place.root, path)
    const why = !judged.ok
      ? judged.why
      : what === 'write' && isForbidden(judged.path, place.forbiddenPaths)
        ? 'the project forbids changing it'
        : ''
    if (judged.ok && judged.path === '' && what === 'write') return { ok: false, text: 'Refused: name a file.' }
    if (judged.ok && !why) return { ...judged, place, text: '' }
    this.tries.push(`${what} ${path.slice(0, 200)}: ${why}`)
    return { ok: false, text: `Refused: ${path} may not be used here, because ${why}.` }
  }
}

/** `one line`, `12 lines`: as a diff counts them, for which the break at a file's end begins no other line. */
export function sayLines(text: string): string {
  const count = text.replace(/\n$/, '').split('\n').length
  return text === '' ? 'no line' : count === 1 ? 'one line' : `${count} lines`
}

const yes = (text: string): HandResult => ({ ok: true, text })
const no = (text: string): HandResult => ({ ok: false, text })

async function put(full: string, text: string): Promise<void> {
  await mkdir(dirname(full), { recursive: true })
  // The last component must not be a link, whatever happened since it was judged.
  const file = await open(full, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW, 0o644)
  try {
    await file.writeFile(text)
  } finally {
    await file.close()
  }
}
