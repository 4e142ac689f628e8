import type { UnsentChange } from '#domain/core/unsent-file.ts'
import type { UpdateLog } from './update-log.ts'

/** Every change of this device that the server has not acknowledged, on the disk or not, in the order they were made. */
export async function unsentIn(log: UpdateLog): Promise<UnsentChange[]> {
  const waiting = new Map(log.waiting)
  const rooms = new Set([...waiting.values()].map(({ room }) => room))
  const found = await Promise.all([...rooms].map((room) => log.read(room)))
  return found
    .flat()
    .sort((a, b) => a.n - b.n)
    .flatMap(({ n, room, bytes }) => {
      const row = waiting.get(n)
      return row ? [{ room, update: bytes, rows: row.touched }] : []
    })
}
