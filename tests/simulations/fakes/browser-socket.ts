import { clientFrame } from '#tests/fakes/client-frame.ts'
import type { Kernel, Process } from '../kernel/kernel.ts'
import type { End, Network } from './network.ts'

type Heard = { data: ArrayBuffer } | { code: number; reason: string } | { message: string } | Record<string, never>

const BINARY = 2
const CLOSING = 8
const PING = 9
const PONG = 10
const HEAD_END = '\r\n\r\n'

/** A browser's WebSocket over the simulated network, speaking to the server's real one. */
export function browserSockets(kernel: Kernel, network: Network, machineOf: (process: Process) => string): unknown {
  return class BrowserSocket {
    static readonly CONNECTING = 0
    static readonly OPEN = 1
    static readonly CLOSING = 2
    static readonly CLOSED = 3
    readonly OPEN = 1
    binaryType = 'arraybuffer'
    readyState = 0
    onopen: ((event: Heard) => void) | null = null
    onmessage: ((event: Heard) => void) | null = null
    onclose: ((event: Heard) => void) | null = null
    onerror: ((event: Heard) => void) | null = null
    #end: End | null = null
    readonly #hangUp: () => void
    #bytes: Buffer = Buffer.alloc(0)
    #isUpgraded = false
    #closing = { code: 1006, reason: '' }

    constructor(url: string) {
      const { host, pathname, search } = new URL(url)
      const process = kernel.current
      this.#hangUp = network.dial(machineOf(process), process, host, `${pathname}${search}`, (end) => this.#dialled(end))
    }

    send(data: Uint8Array): void {
      if (this.readyState === 1) this.#end?.write(clientFrame(BINARY, data))
    }

    close(): void {
      if (this.readyState >= 2) return
      const wasOpen = this.readyState === 1
      this.readyState = 2
      if (wasOpen) return void this.#end?.write(clientFrame(CLOSING, Buffer.alloc(0)))
      this.#hangUp()
      this.#end?.destroy()
      setTimeout(() => this.#closed(), 0)
    }

    #dialled(end: End | null): void {
      if (!end) {
        this.onerror?.({ message: 'it could not be reached' })
        return this.#closed()
      }
      this.#end = end
      end.on('data', (bytes: Buffer) => this.#read(bytes))
      end.on('close', () => this.#closed())
    }

    #closed(): void {
      if (this.readyState === 3) return
      this.readyState = 3
      this.onclose?.(this.#closing)
    }

    #read(bytes: Buffer): void {
      this.#bytes = Buffer.concat([this.#bytes, bytes])
      if (!this.#isUpgraded) {
        const end = this.#bytes.indexOf(HEAD_END)
        if (end < 0) return
        this.#bytes = this.#bytes.subarray(end + HEAD_END.length)
        this.#isUpgraded = true
        if (this.readyState !== 0) return
        this.readyState = 1
        this.onopen?.({})
      }
      for (let frame = this.#next(); frame; frame = this.#next()) this.#hear(frame.kind, frame.data)
    }

    #next(): { kind: number; data: Buffer } | null {
      const bytes = this.#bytes
      if (bytes.length < 2) return null
      const short = (bytes[1] ?? 0) & 0x7f
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (bytes.length < head) return null
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
      if (bytes.length < head + length) return null
      this.#bytes = bytes.subarray(head + length)
      return { kind: (bytes[0] ?? 0) & 0x0f, data: bytes.subarray(head, head + length) }
    }

    #hear(kind: number, data: Buffer): void {
      if (kind === BINARY && this.readyState === 1) {
        this.onmessage?.({ data: new Uint8Array(data).buffer })
      } else if (kind === PING) {
        this.#end?.write(clientFrame(PONG, data))
      } else if (kind === CLOSING) {
        if (data.length >= 2) this.#closing = { code: data.readUInt16BE(0), reason: data.toString('utf8', 2) }
        if (this.readyState === 1) this.#end?.write(clientFrame(CLOSING, data.subarray(0, 2)))
        this.readyState = 2
        this.#end?.end()
      }
    }
  }
}
