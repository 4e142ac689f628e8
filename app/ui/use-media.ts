import { useCallback, useSyncExternalStore } from 'react'

/** Whether the window is as the media query says, for what a class cannot do. */
export function useMedia(query: string): boolean {
  const listen = useCallback(
    (heard: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', heard)
      return () => media.removeEventListener('change', heard)
    },
    [query],
  )
  return useSyncExternalStore(listen, () => matchMedia(query).matches)
}
