import type { useApi } from '#app/replica/react.tsx'
import { sayBytes } from '#app/ui/say-bytes.ts'

export type Kept = Awaited<ReturnType<ReturnType<typeof useApi>['pictures']['kept']['query']>>

const some = (count: number): string => `${count.toLocaleString('en-GB')} ${count === 1 ? 'file' : 'files'}`

/** PICTURE-8: what the server keeps of pictures and texts, and what it let go of, in words; null: nobody knows yet. */
export function sayKept(kept: Kept | null): readonly (readonly [string, string])[] {
  if (!kept) return [['Kept there', 'unknown while the server is out of reach']]
  const { pictures, bytes, unused, removed, freed, sweptAt } = kept
  return [
    ['Kept there', `${some(pictures)}, ${sayBytes(bytes)}`],
    ['Shown by nothing', unused === 0 ? 'none' : some(unused)],
    ['Removed so far', removed === 0 ? 'none' : `${some(removed)}, ${sayBytes(freed)} freed`],
    ['Looked through last', sweptAt === null ? 'not yet' : new Date(sweptAt).toLocaleString('en-GB')],
  ]
}
