import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { execa } from 'execa'
import type { Isolation } from './isolation.ts'

/** What a command in the sandbox sees of this machine beside system folders. */
export type Mounts = {
  worktree: string
  /** Git's own folder, to read. */
  commonDir: string
  scratch: string
  /** Folders with tools outside the system's own, such as where Node lives. */
  tools: readonly string[]
}

const SYSTEM = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/passwd',
  '/etc/group',
  '/etc/nsswitch.conf',
  '/etc/ssl',
  '/etc/localtime',
  '/opt',
  '/nix/store',
]

/**
 * SANDBOX-3: deny by default: a new root with system folders to read, its own processes, devices and temporary folder, no
 * network, no home, the worktree to write except its `.git` file, git's folder to read.
 */
export function bwrapArguments(place: Mounts & { alsoWritable: string | undefined; env: Record<string, string> }): string[] {
  const readable = [...SYSTEM, ...place.tools].filter((path) => existsSync(path))
  return [
    '--die-with-parent',
    '--new-session',
    '--unshare-all',
    '--cap-drop',
    'ALL',
    ...readable.flatMap((path) => ['--ro-bind', path, path]),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--tmpfs',
    '/tmp',
    '--ro-bind',
    place.commonDir,
    place.commonDir,
    '--bind',
    place.worktree,
    place.worktree,
    '--ro-bind',
    `${place.worktree}/.git`,
    `${place.worktree}/.git`,
    ...(place.alsoWritable ? ['--bind', place.alsoWritable, place.alsoWritable] : []),
    '--clearenv',
    ...Object.entries(place.env).flatMap(([name, value]) => ['--setenv', name, value]),
    '--chdir',
    place.worktree,
  ]
}

/** Looks once, at start, what this machine can do. A sandbox that does not start is no sandbox. */
export async function findIsolation(wanted: { bwrap: string; searchPath: string; allowUnsandboxed: boolean }): Promise<Isolation> {
  const tried = await execa(
    wanted.bwrap,
    ['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--', '/bin/true'],
    {
      env: { PATH: wanted.searchPath },
      extendEnv: false,
      reject: false,
      timeout: 5_000,
      stdin: 'ignore',
    },
  )
  if (tried.exitCode === 0) return { kind: 'bwrap', program: wanted.bwrap }
  if (wanted.allowUnsandboxed) return { kind: 'unsandboxed' }
  if (tried.code === 'ENOENT')
    return {
      kind: 'none',
      because: 'No sandbox (bubblewrap) is installed on the runner. Install bubblewrap, or set SLIPWAY_UNSANDBOXED=allow there.',
    }
  const why = tried.stderr.trim().split('\n')[0]?.replace(/\.$/, '') || tried.shortMessage || 'it gave no reason'
  return {
    kind: 'none',
    because: `The sandbox (bubblewrap) does not start on the runner: ${why}. Mend that, or set SLIPWAY_UNSANDBOXED=allow there.`,
  }
}

/** The folders a program on the search path needs that lie outside the system's own, such as a Node of a version manager. */
export const toolFolders = (nodeProgram: string): string[] => {
  const prefix = dirname(dirname(nodeProgram))
  return SYSTEM.some((path) => prefix === path || prefix.startsWith(`${path}/`)) || prefix === '/' ? [] : [prefix]
}
