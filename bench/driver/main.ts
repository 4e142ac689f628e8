import { type FanOutJob, type FanOutResult, fanOut } from './fan-out.ts'
import { type IdleJob, type IdleResult, idle, type ReleaseJob, release } from './idle.ts'
import { type JoinJob, type JoinResult, join } from './join.ts'
import { type ProjectionJob, type ProjectionResult, projection } from './projection.ts'
import { type PropagationJob, type PropagationResult, propagation } from './propagation.ts'
import { type SeedJob, type SeedResult, seed } from './seed.ts'
import { type ThroughputJob, type ThroughputResult, throughput } from './throughput.ts'

/** What the driver can be asked to do, and what it answers to each. */
export type Jobs = {
  throughput: [ThroughputJob, ThroughputResult]
  propagation: [PropagationJob, PropagationResult]
  projection: [ProjectionJob, ProjectionResult]
  fanOut: [FanOutJob, FanOutResult]
  join: [JoinJob, JoinResult]
  seed: [SeedJob, SeedResult]
  idle: [IdleJob, IdleResult]
  release: [ReleaseJob, IdleResult]
}
export type Job = Jobs[keyof Jobs][0]
export type Result = Jobs[keyof Jobs][1]
export type Reply = { ok: true; result: Result } | { ok: false; reason: string }

function run(job: Job): Promise<Result> {
  switch (job.kind) {
    case 'throughput':
      return throughput(job)
    case 'propagation':
      return propagation(job)
    case 'projection':
      return projection(job)
    case 'fanOut':
      return fanOut(job)
    case 'join':
      return join(job)
    case 'seed':
      return seed(job)
    case 'idle':
      return idle(job)
    case 'release':
      return release()
  }
}

process.on('message', (job: Job) => {
  run(job).then(
    (result) => process.send?.({ ok: true, result } satisfies Reply),
    (error: unknown) => process.send?.({ ok: false, reason: error instanceof Error ? error.message : String(error) } satisfies Reply),
  )
})
process.on('disconnect', () => process.exit(0))
