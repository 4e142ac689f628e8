import { openEngine } from './engine.ts'
import type { AskTables, FromTables, ToldByTables, ToTables } from './protocol.ts'
import { Tables } from './tables.ts'

// The database has a thread of its own: its starting takes a second and a long query half of one, and in that time the
// leader must keep what people type and talk to the server.
let tables: Tables | null = null

async function answer(ask: AskTables): Promise<ToldByTables[keyof ToldByTables]> {
  if (ask.kind === 'open') {
    tables = await Tables.open(await openEngine(ask.wanted), ask.wanted.ddl)
    return [...tables.positions]
  }
  if (!tables) throw new Error('The database is not open.')
  if (ask.kind === 'read') return tables.read(ask.sql, ask.parameters)
  await tables.write(ask.statements, new Map(ask.positions))
  return null
}

self.onmessage = ({ data: { id, ask } }: MessageEvent<ToTables>) => {
  answer(ask).then(
    (told) => self.postMessage({ id, told } satisfies FromTables),
    (error: unknown) => self.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies FromTables),
  )
}
