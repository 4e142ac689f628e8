import { useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { findSaid, findThings } from '#domain/search/find.ts'
import { type Found, nextFound } from './next-found.ts'

/** So long after the last letter it is looked for. */
const PAUSE_MS = 80

const NOTHING: Found = { things: [], said: [] }

/** What this device has with the words typed. What was found before stays until the next is there, so that nothing jumps. */
export function useFound(typed: string, projectId: string | null): Found & { isLooking: boolean } {
  const [words, setWords] = useState('')
  const shown = useRef(NOTHING)
  useEffect(() => {
    const timer = setTimeout(() => setWords(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const [forThings, forSaid] = useMemo(() => [findThings(words, projectId), findSaid(words)] as const, [words, projectId])
  const things = useQuery(forThings)
  const said = useQuery(forSaid)
  const found = { isTyped: typed.trim() === words, things: forThings ? things : [], said: forSaid ? said : [] }
  shown.current = nextFound(shown.current, found)
  return { ...shown.current, isLooking: !found.isTyped || !found.things || !found.said }
}
