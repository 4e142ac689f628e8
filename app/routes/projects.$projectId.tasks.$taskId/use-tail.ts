import { useCallback, useRef } from 'react'

const NEAR = 48

/** Keeps the end of a growing list in sight, unless the reader has scrolled up to read. */
export function useTail(): { ref: (element: HTMLElement | null) => void; stick: () => void } {
  const element = useRef<HTMLElement | null>(null)
  const isAtEnd = useRef(true)
  const ref = useCallback((place: HTMLElement | null) => {
    element.current = place
    place?.addEventListener('scroll', () => {
      isAtEnd.current = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR
    })
  }, [])
  const stick = useCallback(() => {
    if (element.current && isAtEnd.current) element.current.scrollTop = element.current.scrollHeight
  }, [])
  return { ref, stick }
}
