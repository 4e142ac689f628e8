import { SETTING_KEYS, SETTINGS, type SettingKey, type Settings } from '#domain/team/settings.ts'

/** The settings as their fields show them: a number as its digits, a list one entry a line. */
export type Fields = Record<SettingKey, string>

/** What a value looks like in its field. */
export const sayValue = (value: Settings[SettingKey]): string => (Array.isArray(value) ? value.join('\n') : String(value))

/** The fields of these settings. */
export const fieldsOf = (settings: Settings): Fields =>
  Object.fromEntries(SETTING_KEYS.map((key) => [key, sayValue(settings[key])])) as Fields

export const DEFAULT_FIELDS: Fields = Object.fromEntries(
  SETTING_KEYS.map((key) => [key, sayValue(SETTINGS[key].byDefault as never)]),
) as Fields

/** What differs from what is kept, as the server takes it: null for a default, what is no number as it was typed. */
export function changesOf(fields: Fields, kept: Fields): Record<string, null | number | string | string[]> {
  const changed = SETTING_KEYS.filter((key) => fields[key].trim() !== kept[key].trim())
  return Object.fromEntries(changed.map((key) => [key, readField(key, fields[key])]))
}

function readField(key: SettingKey, text: string): null | number | string | string[] {
  if (text.trim() === DEFAULT_FIELDS[key]) return null
  if (Array.isArray(SETTINGS[key].byDefault))
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  const digits = text.replace(/[\s,_]/g, '')
  return /^\d+$/.test(digits) ? Number(digits) : text
}
