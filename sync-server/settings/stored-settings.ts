import type { Answer } from '#domain/core/refusal.ts'
import { decideSettings, isSetting, type SettingChanges, type Settings, showSettings, withDefaults } from '#domain/team/settings.ts'
import { call, type Documents } from '#server/documents/documents.ts'
import type { Identity } from '#server/gate/identity.ts'
import type { Db, Queries } from '#server/postgres/pool.ts'

const KEY = 'settings'

/** Every setting as it counts now. */
export const readSettings = async (db: Queries): Promise<Settings> => withDefaults(await readKept(db))

async function readKept(db: Queries): Promise<Record<string, unknown>> {
  const { rows } = await db.query<{ value: Record<string, unknown> }>('select value from facts where key = $1', [KEY])
  return rows[0]?.value ?? {}
}

/** Changes settings, all of them or none, and shows everybody; null gives one its default back. */
export async function saveSettings(
  { db, documents }: { db: Db; documents: Documents },
  who: Identity,
  changes: SettingChanges,
): Promise<Answer<unknown>> {
  const checked = decideSettings(changes)
  if (!checked.ok) return checked
  const before = Object.entries(await readKept(db)).filter(([key]) => isSetting(key) && !Object.hasOwn(changes, key))
  const kept = { ...Object.fromEntries(before), ...checked.value } as Record<string, never>
  return await documents.edit([call(showSettings, { kept }, who.memberId)], async (client) => {
    await client.query('insert into facts (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value', [
      KEY,
      JSON.stringify(kept),
    ])
    return true
  })
}
