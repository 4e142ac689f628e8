/** A page that is never idle goes on nevertheless. */
const PATIENCE_MS = 200

let last = Promise.resolve()

/** When the page has nothing better to do. Whoever waits comes one after another, each in a moment of their own. */
export function idle(): Promise<void> {
  last = last.then(next)
  return last
}

const next = (): Promise<void> =>
  new Promise((resolve) => {
    // Not every browser says when it is idle.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: PATIENCE_MS })
    else setTimeout(resolve, 0)
  })
