import { runProcess } from '#runner/processes/run-process.ts'
import { bwrapArguments, type Mounts } from './bwrap.ts'
import type { CommandRunner, Isolation } from './isolation.ts'

/** Limits of one command of an agent. */
export type CommandLimits = { timeoutMs: number; maxOutput: number }

/** SANDBOX-2: a runner of commands for one worktree. Without isolation there is none, unless an administrator opted in. */
export function commandsFor(
  isolation: Isolation,
  mounts: Mounts,
  limits: CommandLimits,
  notesIn: string,
  searchPath: string,
): CommandRunner {
  if (isolation.kind === 'none') {
    return {
      mayRun: false,
      whyNot: `Refused: commands can't run on this machine, because ${isolation.because.charAt(0).toLowerCase()}${isolation.because.slice(1)} Work with the file tools, and say which command a person should run.`,
    }
  }
  return {
    mayRun: true,
    run: (argv, place) => {
      // An allow-list: nothing of the runner's own environment reaches a command.
      const env = {
        PATH: searchPath,
        LANG: 'C.UTF-8',
        TERM: 'dumb',
        CI: '1',
        HOME: isolation.kind === 'bwrap' ? '/tmp' : mounts.scratch,
        TMPDIR: isolation.kind === 'bwrap' ? '/tmp' : mounts.scratch,
        ...place.env,
      }
      const inside =
        isolation.kind === 'bwrap'
          ? [isolation.program, ...bwrapArguments({ ...mounts, alsoWritable: place.alsoWritable, env }), '--', ...argv]
          : argv
      return runProcess({ argv: inside, cwd: place.cwd, env, signal: place.signal, onOutput: place.onOutput, notesIn, ...limits })
    },
  }
}
