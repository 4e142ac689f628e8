import { parseArgs } from 'node:util'
import { full, quick, type Settings } from './settings.ts'

/** What to run. */
export type Asked = { settings: Settings; rows: string[] }

/** Reads the command line: `--quick`, and `--only` with names of rows (several with commas or by saying it again). Throws a sentence for a name there is not. */
export function readArguments(args: readonly string[], names: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
  })
  const wanted = values.only.flatMap((each) => each.split(',')).filter((name) => name !== '')
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new Error(`There is no row "${unknown}". Rows are ${names.join(', ')}.`)
  return { settings: values.quick ? quick : full, rows: wanted.length ? names.filter((name) => wanted.includes(name)) : [...names] }
}
