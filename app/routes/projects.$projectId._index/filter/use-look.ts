import { useSearchParams } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Look, readLook, writeLook } from './look.ts'

/** So long after the last letter the address has it. */
const TYPED_MS = 300

/** How each board was looked at last, for the way back from a card. Lives as long as the tab. */
const lastLooks = new Map<string, string>()

/** How the board is looked at. It stands in the address, so that it can be linked; what is being typed gets there a moment later. */
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
  const hasArrived = useRef(false)
  useEffect(() => {
    const last = hasArrived.current ? undefined : lastLooks.get(projectId)
    hasArrived.current = true
    if (query === '' && last) return write(readLook(last))
    // The address went elsewhere: what was being typed belonged to where it was.
    if (query !== written.current) setTyped(null)
    written.current = query
    lastLooks.set(projectId, query)
  }, [projectId, query, write])
  useEffect(() => {
    if (typed === null || typed === inAddress.filter.text) return
    const later = setTimeout(() => write(look), TYPED_MS)
    return () => clearTimeout(later)
  }, [typed, inAddress, look, write])
  const set = useCallback(
    (next: Look) => {
      // What was written last counts: the page may not have followed yet, and two keys in a row would be taken for none.
      if (withoutText(next) === withoutText(readLook(written.current))) return setTyped(next.filter.text)
      setTyped(null)
      write(next)
    },
    [write],
  )
  return [look, set]
}

const withoutText = (look: Look): string => writeLook({ ...look, filter: { ...look.filter, text: '' } })
