import type { ProcessEnded } from '#runner/processes/run-process.ts'

/** Where agents' commands run: inside bubblewrap, on the bare machine because an administrator said so, or nowhere. */
export type Isolation = { kind: 'bwrap'; program: string } | { kind: 'unsandboxed' } | { kind: 'none'; because: string }

export type CommandPlace = {
  cwd: string
  signal: AbortSignal
  onOutput: (text: string, stream: 'stdout' | 'stderr') => void
  env?: Record<string, string>
  /** A folder besides the worktree that the command may write into. */
  alsoWritable?: string
}

/** Runs commands of agents and hooks, or says why none may run. */
export type CommandRunner =
  | { mayRun: true; run: (argv: readonly string[], place: CommandPlace) => Promise<ProcessEnded> }
  | { mayRun: false; whyNot: string }

/** SANDBOX-1: the effective isolation in one sentence, for the log of every run. */
export function describeIsolation(isolation: Isolation): string {
  switch (isolation.kind) {
    case 'bwrap':
      return 'Commands run in a sandbox: no network, no home folder, only the worktree can be written.'
    case 'unsandboxed':
      return 'WARNING: commands run WITHOUT a sandbox, because SLIPWAY_UNSANDBOXED=allow is set on this runner.'
    case 'none':
      return `Commands are off: ${isolation.because} Files can be read and written inside the worktree.`
  }
}
