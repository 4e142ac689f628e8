import { Candidate } from './leader/candidate.ts'
import { lead } from './leader/leader.ts'
import type { FromWorker, LeaderSetup, ToWorker } from './protocol.ts'

// Every tab has one of these; all but one wait for their turn to lead.
let candidate: Candidate | null = null
let leading: ReturnType<typeof lead> | null = null

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'take-over') candidate?.takeOver()
  else candidate ??= waitToLead(data.setup)
}

const waitToLead = (setup: LeaderSetup): Candidate =>
  new Candidate(
    setup.database,
    () => {
      leading = lead(setup)
    },
    () => void robbed(),
  )

/** Another worker leads: this one takes back what it said since it woke, and lets go of sockets and files by ending. */
async function robbed(): Promise<void> {
  try {
    const led = await leading
    led?.giveWay()
  } finally {
    self.postMessage({ kind: 'robbed' } satisfies FromWorker)
    self.close()
  }
}
