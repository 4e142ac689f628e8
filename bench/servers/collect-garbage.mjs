/**
 * Loaded into every server the bench starts: on SIGUSR2 it collects garbage, so that the memory measured afterwards is
 * memory in use. Needs --expose-gc.
 */
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  globalThis.gc?.()
})
