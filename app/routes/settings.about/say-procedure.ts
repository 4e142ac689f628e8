const WORDS: Readonly<Record<string, string>> = {
  'attempts.start': 'Start an attempt',
  'attempts.cancel': 'Stop an attempt',
  'attempts.followUp': 'Send a follow-up to an agent',
  'attempts.resume': 'Resume an attempt',
  'attempts.merge': 'Merge an attempt',
  'prompts.approve': 'Approve a prompt, or take it back',
  'projects.demand': 'Change what a project demands',
  'interviews.ask': 'Ask a model for the next question',
  'interviews.stop': 'Stop a model that thinks of a question',
}

/** What a waiting call will do, in words. */
export const sayProcedure = (procedure: string): string => WORDS[procedure] ?? procedure
