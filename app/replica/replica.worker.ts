import { lead } from './leader/leader.ts'
import { Candidate } from './leader/tab-hub.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

// Every tab has one of these; all but one wait for their turn to lead.
let candidate: Candidate | null = null

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'take-over') return candidate?.takeOver()
  candidate ??= new Candidate(data.setup.database, () => void lead(data.setup), robbed)
}

/** Another worker leads: this one lets go of sockets and files by ending. */
function robbed(): void {
  self.postMessage({ kind: 'robbed' } satisfies FromWorker)
  self.close()
}
