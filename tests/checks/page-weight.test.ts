import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { build } from '#launch/build.mjs'
import { ROOT } from '#launch/root.mjs'

/** What a page's scripts may weigh as they come over a network, in kilobytes: all that is fetched before the page is there. */
const MOST_KB = 320
/** Pages that show Markdown, differences or long conversations. */
const HEAVY: Readonly<Record<string, number>> = {
  'routes/projects.$projectId.interviews.$interviewId': 385,
  'routes/projects.$projectId.prompts.$promptId': 400,
  'routes/projects.$projectId.tasks.$taskId': 450,
  'routes/design': 375,
}
/** How many files that may be: a browser asks for six at a time. */
const MOST_FILES = 30

type Part = { module: string; imports?: string[]; parentId?: string }
type Manifest = { entry: Part; routes: Record<string, Part> }

test('WEIGHT-1 no page weighs more than it may before it is there, nor asks for more files', () => {
  build(ROOT)
  const client = join(ROOT, 'build', 'client')
  const weights = new Map<string, number>()
  const weigh = (file: string): number => {
    const known = weights.get(file) ?? gzipSync(readFileSync(join(client, file))).length
    weights.set(file, known)
    return known
  }
  const { entry, routes } = manifestIn(client)
  const pages = Object.entries(routes).map(([id, route]) => {
    const files = new Set<string>()
    for (let part: Part | undefined = route; part; part = part.parentId === undefined ? undefined : routes[part.parentId])
      for (const file of [part.module, ...(part.imports ?? [])]) files.add(file)
    for (const file of [entry.module, ...(entry.imports ?? [])]) files.add(file)
    return { id, files: files.size, kb: Math.round([...files].reduce((sum, file) => sum + weigh(file), 0) / 1024) }
  })
  expect(pages.length).toBeGreaterThan(15)
  expect(pages.filter(({ id, kb, files }) => kb > (HEAVY[id] ?? MOST_KB) || files > MOST_FILES)).toEqual([])
})

function manifestIn(client: string): Manifest {
  const assets = join(client, 'assets')
  const file = readdirSync(assets).find((name) => /^manifest-.*\.js$/.test(name))
  const text = readFileSync(join(assets, file ?? 'no manifest'), 'utf8')
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Manifest
}
