import { writeFileSync } from 'node:fs'
import { memoryFile } from './memory-file.mjs'

/**
 * Loaded into every server the bench starts: on SIGUSR2 it collects garbage and writes down how much memory is in use, so that
 * neither what has yet to be collected nor how much the engine took in advance is counted. Needs --expose-gc.
 */
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  writeFileSync(memoryFile(process.pid), String(heapUsed + external))
})
