import { lead } from './leader/leader.ts'
import { becomeLeader } from './leader/tab-hub.ts'
import type { LeaderSetup } from './protocol.ts'

// Every tab has one of these; all but one wait for their turn to lead.
self.onmessage = ({ data }: MessageEvent<LeaderSetup>) => {
  self.onmessage = null
  void becomeLeader(data.database).then(() => lead(data))
}
