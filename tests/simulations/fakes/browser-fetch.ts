import type { Kernel, Process } from '../kernel/kernel.ts'
import type { End, Network } from './network.ts'

const FAILED = 'Failed to fetch'
const HEAD_END = '\r\n\r\n'

/** A browser's `fetch` over the simulated network: a request without a body, and the head of its answer. */
export function browserFetch(kernel: Kernel, network: Network, machineOf: (process: Process) => string): unknown {
  return (url: string, { signal }: { signal: AbortSignal }): Promise<{ ok: boolean }> => {
    const { host, pathname } = new URL(url)
    const process = kernel.current
    return new Promise((resolve, reject) => {
      const read = (end: End): void => {
        let head = ''
        end.on('data', (bytes: Buffer) => {
          head += bytes.toString('latin1')
          if (head.includes(HEAD_END)) resolve({ ok: head.startsWith('HTTP/1.1 200 ') })
        })
        end.on('close', () => reject(new TypeError(FAILED)))
        signal.addEventListener('abort', () => void end.destroy())
      }
      const hangUp = network.dial(machineOf(process), process, host, pathname, (end) => (end ? read(end) : reject(new TypeError(FAILED))))
      signal.addEventListener('abort', () => {
        hangUp()
        reject(signal.reason)
      })
    })
  }
}
