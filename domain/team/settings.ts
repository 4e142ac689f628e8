import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { listRows } from '#domain/core/query.ts'
import { type Answer, accept, refuse, refuseEach, type Wrong } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { settings } from './schema.ts'

const whole = (least: number, most: number) =>
  z
    .number({ error: 'A whole number is needed.' })
    // Not .int(): of what is far too large that says the same.
    .multipleOf(1, 'A whole number is needed.')
    .min(least, `At least ${least.toLocaleString('en-GB')}.`)
    .max(most, `At most ${most.toLocaleString('en-GB')}.`)

/** Every setting of the team: what it may be, what it is unless somebody says otherwise, and what it does. */
export const SETTINGS = {
  'runs.maxSteps': {
    schema: whole(1, 500),
    byDefault: 50,
    label: 'Steps of a run',
    description: 'After so many answers of the model a run stops, with its work kept.',
  },
  'runs.maxMinutes': {
    schema: whole(1, 720),
    byDefault: 30,
    label: 'Minutes of a run',
    description: 'After so long a run stops, with its work kept.',
  },
  'runs.maxTokens': {
    schema: whole(1_000, 100_000_000),
    byDefault: 2_000_000,
    label: 'Tokens of a run',
    description: 'After so many tokens, asked and answered together, a run stops, with its work kept.',
  },
  'runs.forbiddenPaths': {
    schema: z
      .array(z.string().trim().min(1, 'A path needs letters.').max(200, 'A path can have at most 200 characters.'))
      .max(100, 'At most 100 paths.'),
    byDefault: [] as string[],
    label: 'Paths agents must not change',
    description:
      'One a line; * stands for anything. A change that touches one is not committed. Always out of bounds: .git, .env, .env.*, *.pem, *.key.',
  },
  'pictures.keepDays': {
    schema: whole(7, 3_650),
    byDefault: 60,
    label: 'Days an unused picture or file is kept',
    description: 'A picture or file that no card, prompt or conversation has shown for so long is removed from the server.',
  },
} as const
export type SettingKey = keyof typeof SETTINGS
export type Settings = { [K in SettingKey]: z.output<(typeof SETTINGS)[K]['schema']> }
/** What somebody says of some settings; null: as by default. */
export type SettingChanges = Record<string, unknown>

export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]
export const isSetting = (key: string): key is SettingKey => Object.hasOwn(SETTINGS, key)

/** TEAM-3: many settings at once, all of them or none: each that cannot be is refused, as a field that has its label beside it. Answers them checked. */
export function decideSettings(given: SettingChanges): Answer<Partial<Settings>> {
  const checked: Record<string, unknown> = {}
  const wrong: Wrong[] = []
  for (const [key, value] of Object.entries(given)) {
    if (!isSetting(key)) return refuse('setting-unknown', `There is no setting ${key}.`, key)
    if (value === null) continue
    const read = SETTINGS[key].schema.safeParse(value)
    if (read.success) checked[key] = read.data
    else wrong.push({ field: key, message: read.error.issues[0]?.message ?? 'That cannot be.' })
  }
  const [first, ...others] = wrong
  return first ? refuseEach('setting-invalid', [first, ...others]) : accept(checked as Partial<Settings>)
}

/** Every setting: as it was kept where that still can be, else as by default. */
export function withDefaults(kept: Readonly<Record<string, unknown>>): Settings {
  const all = SETTING_KEYS.map((key) => {
    const read = SETTINGS[key].schema.safeParse(kept[key])
    return [key, read.success ? read.data : SETTINGS[key].byDefault]
  })
  return Object.fromEntries(all) as Settings
}

/** Shows everybody what the settings are. Run by the server alone, which keeps them. */
export const showSettings = defineCommand({
  name: 'showSettings',
  input: z.object({ kept: z.record(z.string(), z.json()) }),
  rooms: () => [teamRoom],
  run(tx, { kept }) {
    const team = tx.room(teamRoom)
    for (const key of SETTING_KEYS) {
      const value = kept[key]
      if (value === undefined) team.remove(settings, key)
      else if (team.get(settings, key)) team.update(settings, key, { value })
      else team.create(settings, { id: key, key, value, description: SETTINGS[key].description })
    }
    return accept()
  },
})

/** The settings that are not as by default. */
export const settingsList = () => listRows(settings, ['key', 'value', 'updatedAt'], {})
