import type { Rollup } from 'vite'

/** Everything is built upon these two. */
const STARTS = ['/app/entry.client.tsx', '/app/root.tsx']

/**
 * What every page needs comes in two files instead of sixty: the packages, which stay the same from one version to the next,
 * and the app's own. All icons are among the packages: each alone would be a request for 200 bytes. Which file holds what
 * else is Rollup's to find.
 */
export function everyPagesChunks(): Rollup.GetManualChunk {
  let needed: Set<string> | undefined
  return (id, { getModuleIds, getModuleInfo }) => {
    needed ??= reached([...getModuleIds()].filter(isStart), (from) => getModuleInfo(from)?.importedIds ?? [])
    if (id.includes('/node_modules/lucide-react/')) return 'packages'
    if (!needed.has(id)) return undefined
    return id.includes('/node_modules/') ? 'packages' : 'every-page'
  }
}

const isStart = (id: string) => STARTS.some((start) => id.split('?')[0]?.endsWith(start))

function reached(from: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const found = new Set(from)
  for (const id of found) for (const one of next(id)) found.add(one)
  return found
}
