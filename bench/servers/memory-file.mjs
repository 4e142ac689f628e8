import { tmpdir } from 'node:os'
import path from 'node:path'

/** Where a server writes how much memory it uses. @param {number} pid */
export const memoryFile = (pid) => path.join(tmpdir(), `slipway-bench-memory-${pid}`)
