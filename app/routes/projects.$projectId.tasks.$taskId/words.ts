/** The sentences of the task page. */
export const WORDS = {
  waiting: 'Waiting for the server…',
  afterTurn: 'Read after what the agent does now.',
  nextAttempt: 'Read by the agent of the next attempt, when that starts.',
  queueStands: 'Waits to be sent: the turn before it was stopped or failed.',
  noPrompt: 'No prompt',
  promptGone: 'A prompt that is gone',
  olderVersions: 'An older version is found by its number, such as v2. What is under way keeps the text it started from.',
  onlyApproved: 'This project starts from approved versions only: a draft can be chosen, and is started once somebody has approved it.',
  draftWaits: 'No attempt starts from it before somebody approves it.',
  noRepo: 'No repository is linked to this project yet, so there is nowhere to work in.',
  describe: 'What is to be done, and how will one know that it is? Markdown works here.',
  noDescription: 'No description.',
  noAttempts: 'Nobody has worked on this yet.',
  sayFirst: 'What you write here waits for the agent of the first attempt, in this order.',
  startOne: 'Start an attempt: it gets its own branch, and nothing reaches yours before you merge it.',
  noRunner: 'Waits for a runner, and begins by itself. If it stays like this, every runner is busy or none is running.',
  noChat: 'The conversation with the agent appears here as it happens.',
  nothingSaid: 'Nothing was said in this attempt.',
  noDiff: 'No change yet. What the attempt writes appears here when it commits.',
  notesWait: 'to be sent when the agent has finished',
  noLog: 'Nothing has run yet.',
  noCommits: 'No commits yet',
  noEvents: 'Nothing has happened to this card yet.',
  diffOffline: 'This change has not been looked at on this device before, and the server cannot be reached.',
  diffSignedOut:
    'This change has not been looked at on this device before, and the server gives it only to those who are signed in. Sign in, then try again.',
  diffFailed: 'The server failed to read this change. Try again; if it stays like this, the log of the server says why.',
  diffGone:
    'This change is no longer on the server: the file it was kept in is lost, as after a return to an older backup. With the next commit of the agent here it is stored again.',
  linesAway: 'These lines are not on this device, and cannot be had right now.',
  diffInRepo: 'The work itself is in the repository, where this shows it:',
  logOffline: 'The log is on the server, which cannot be reached. It continues by itself.',
  builtin: 'No model and no key: writes the specification and the checklist into the repository.',
  interrupted: 'The work was interrupted. What was done so far is kept.',
} as const

/** A card nobody has worked on, and the next step to whoever may take it. */
export const sayNoAttempts = (isReadOnly: boolean): string => (isReadOnly ? WORDS.noAttempts : `${WORDS.noAttempts} ${WORDS.startOne}`)
