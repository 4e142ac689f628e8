/** Why the server does not start: one sentence that names the cause and the cure. `main.ts` prints it and exits with 1. */
export class StartRefusal extends Error {
  override name = 'StartRefusal'
}

/** What a thrown thing says of itself, for sentences and logs. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
