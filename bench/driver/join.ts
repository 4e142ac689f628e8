import { WebSocket } from 'ws'
import type { Target } from './connection.ts'
import { askFrame, hocuspocusHello, readFrame } from './frames.ts'
import { reached } from './reached.ts'

/** Everything a room holds: each client that wrote into it, and its last clock. */
export type Whole = [client: number, clock: number][]

export type JoinJob = { kind: 'join'; target: Target; room: string; whole: Whole }
export type JoinResult = { milliseconds: number; bytes: number }

/** So long must nothing have come before it is looked at. */
const QUIET_MS = 150

/** Connects, asks for everything, and answers how long it took until the last byte was here. What came is checked afterwards, off the clock. */
export function join({ target, room, whole }: JoinJob): Promise<JoinResult> {
  const begin = performance.now()
  const path = target.dialect === 'slipway' ? `sync/${room}?ack=1&all=1` : room
  const headers = target.token === undefined ? {} : { Authorization: `Bearer ${target.token}` }
  const socket = new WebSocket(`${target.url}/${path}`, { perMessageDeflate: false, headers, maxPayload: 0 })
  const missing = new Map(whole)
  return new Promise((resolve, reject) => {
    let bytes = 0
    socket.on('open', () => {
      if (target.dialect === 'hocuspocus') socket.send(hocuspocusHello(room))
      socket.send(askFrame(target.dialect, room))
    })
    let last = begin
    let unread: Uint8Array[] = []
    let quiet: NodeJS.Timeout | undefined
    // Reading eight megabytes takes longer than receiving them: what came is looked at when nothing more comes for a moment.
    const look = (): void => {
      for (const update of unread) reached(update, (client, clock) => clock >= (missing.get(client) ?? 0) && missing.delete(client))
      unread = []
      if (missing.size > 0) return
      socket.removeAllListeners('close')
      socket.once('close', () => resolve({ milliseconds: last - begin, bytes }))
      socket.close()
    }
    socket.on('message', (data: Buffer) => {
      const now = performance.now()
      if (target.dialect !== 'relay') {
        const message = readFrame(target.dialect, data)
        if (message.kind !== 'state' && message.kind !== 'update') return
        unread.push(message.update)
      }
      last = now
      bytes += data.length
      clearTimeout(quiet)
      quiet = setTimeout(look, QUIET_MS)
    })
    socket.on('error', reject)
    socket.on('close', (code, reason) => reject(new Error(`${target.dialect} closed the joining socket: ${code} ${reason.toString()}`)))
  })
}
