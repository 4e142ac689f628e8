import { useSearchParams } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useOwnChoice } from '#app/people/use-own-choice.ts'
import { type Look, readLook, writeLook } from './look.ts'

/** So long after the last letter the address has it. */
const TYPED_MS = 300

/** What this person's other browsers know of it may come so late after the board; what comes later changes no board one looks at. */
const LATE_MS = 5_000

/** How each board was looked at last, for the way back from a card. Lives as long as the tab. */
const lastLooks = new Map<string, string>()

/**
 * How the board is looked at. It stands in the address, so that it can be linked; what is being typed gets there a moment later. An address that says nothing means
 * how this person looked at the board last, here or in another browser.
 */
export function useLook(projectId: string): [Look, (look: Look) => void] {
  const [params, setParams] = useSearchParams()
  const query = params.toString()
  const inAddress = useMemo(() => readLook(query), [query])
  const [typed, setTyped] = useState<string | null>(null)
  const written = useRef(query)
  const write = useCallback(
    (look: Look) => {
      written.current = new URLSearchParams(writeLook(look)).toString()
      setParams(written.current, { replace: true, preventScrollReset: true })
    },
    [setParams],
  )
  const look = useMemo(
    () => (typed === null ? inAddress : { ...inAddress, filter: { ...inAddress.filter, text: typed } }),
    [inAddress, typed],
  )
  const [kept, keep] = useOwnChoice<string>(`slipway.board ${projectId}`, '')
  const keptAtFirst = useRef(kept)
  const arrivedAt = useRef(0)
  // Until somebody said here how they want to look at it.
  const mayFollow = useRef(true)
  useEffect(() => {
    const isArrival = arrivedAt.current === 0
    arrivedAt.current ||= Date.now()
    const last = isArrival ? (lastLooks.get(projectId) ?? keptAtFirst.current) : ''
    if (isArrival) mayFollow.current = query === '' && last === '' && !lastLooks.has(projectId)
    if (query === '' && last) return write(readLook(last))
    // The address went elsewhere: what was being typed belonged to where it was.
    if (query !== written.current) setTyped(null)
    written.current = query
    lastLooks.set(projectId, query)
  }, [projectId, query, write])
  useEffect(() => {
    if (!mayFollow.current || kept === '') return
    mayFollow.current = false
    if (Date.now() - arrivedAt.current <= LATE_MS) write(readLook(kept))
  }, [kept, write])
  useEffect(() => {
    if (typed === null || typed === inAddress.filter.text) return
    const later = setTimeout(() => write(look), TYPED_MS)
    return () => clearTimeout(later)
  }, [typed, inAddress, look, write])
  const set = useCallback(
    (next: Look) => {
      mayFollow.current = false
      keep(withoutText(next))
      // What was written last counts: the page may not have followed yet, and two keys in a row would be taken for none.
      if (withoutText(next) === withoutText(readLook(written.current))) return setTyped(next.filter.text)
      setTyped(null)
      write(next)
    },
    [write, keep],
  )
  return [look, set]
}

const withoutText = (look: Look): string => writeLook({ ...look, filter: { ...look.filter, text: '' } })
