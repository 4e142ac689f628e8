import { useSyncExternalStore } from 'react'

/** True while this page is in front of somebody: not in a tab behind, nor in a window that is covered. */
export const useInSight = (): boolean => useSyncExternalStore(listen, isInSight)

const isInSight = (): boolean => document.visibilityState === 'visible'

function listen(hear: () => void): () => void {
  document.addEventListener('visibilitychange', hear)
  return () => document.removeEventListener('visibilitychange', hear)
}
