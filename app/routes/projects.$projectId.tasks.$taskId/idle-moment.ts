import { idle } from '#app/ui/idle.ts'

const PATIENCE_MS = 200

let last = Promise.resolve()

/** When the page has nothing better to do. Whoever waits comes one after another, each in a moment of their own. */
export function idleMoment(): Promise<void> {
  last = last.then(() => idle(PATIENCE_MS))
  return last
}
