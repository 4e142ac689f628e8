/** Resolves when the browser has nothing better to do; a page that is never idle goes on after so many ms nevertheless. */
export function idle(patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    // Not every browser says when it is idle.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: patienceMs })
    else setTimeout(resolve, 50)
  })
}
