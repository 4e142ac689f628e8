const VERBS: Readonly<Record<string, string>> = {
  'attempt.started': 'started an attempt',
  'attempt.held': 'put the attempt in line',
  'attempt.continued': 'asked for more',
  'attempt.succeeded': 'finished the attempt',
  'attempt.failed': 'could not finish the attempt',
  'attempt.cancelled': 'cancelled the attempt',
  'attempt.interrupted': 'interrupted the attempt',
  'plan.approved': 'approved a plan',
  'schedule.set': 'set a time to start',
  'schedule.cancelled': 'took off the time to start',
  'schedule.missed': 'missed the time to start',
  'card.moved': 'moved the card',
  'task.moved': 'moved the card',
  committed: 'committed',
  merged: 'merged the attempt',
}

/** TIMELINE-1: an event as people say it, after the name of who did it; one nobody knows yet is at least readable. */
export const sayAction = (action: string): string => VERBS[action] ?? action.replaceAll(/[._]/g, ' ')
