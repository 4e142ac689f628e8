import { fork } from 'node:child_process'
import path from 'node:path'
import type { Job, Jobs, Reply } from './main.ts'

/** The process that plays the clients, so that playing them costs the servers and the bench itself nothing but processor time. */
export class Driver {
  private readonly child = fork(path.join(import.meta.dirname, 'main.ts'), { execArgv: ['--import', 'tsx'] })

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** Gives the driver one job and waits for its answer, but not for ever. */
  ask<K extends keyof Jobs>(job: Jobs[K][0] & { kind: K }, patienceMs = 120_000): Promise<Jobs[K][1]> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${job.kind} did not finish within ${patienceMs / 1_000} s`)), patienceMs)
      const settle = (act: () => void): void => {
        clearTimeout(late)
        this.child.removeListener('message', answered)
        this.child.removeListener('exit', died)
        act()
      }
      const answered = (reply: Reply): void =>
        settle(() => (reply.ok ? resolve(reply.result as Jobs[K][1]) : reject(new Error(reply.reason))))
      const died = (code: number | null): void => settle(() => reject(new Error(`the driver ended with code ${code}`)))
      this.child.once('message', answered)
      this.child.once('exit', died)
      this.child.send(job satisfies Job)
    })
  }

  /** Ends the driver. */
  stop(): void {
    this.child.kill('SIGKILL')
  }
}
