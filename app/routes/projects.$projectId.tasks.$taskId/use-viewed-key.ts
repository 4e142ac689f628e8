import { useMemo } from 'react'
import { type PageAction, useActions } from '#app/shell/actions.tsx'
import type { Views } from './use-views.ts'

/** `v` marks the file at hand as viewed and goes on to the next one that is not; pressed on a viewed one it takes the mark away. */
export function useViewedKey(views: Views | undefined): void {
  useActions(
    'Files of the change',
    useMemo<PageAction[]>(() => {
      const { mark, standings } = views ?? {}
      if (!mark || !standings) return []
      const isViewed = (path: string) => standings.get(path)?.kind === 'viewed'
      const run = () => {
        const all = [...document.querySelectorAll<HTMLElement>('[data-file]')]
        const here = all.indexOf(fileAtHand(all) as HTMLElement)
        const path = all[here]?.dataset.file
        if (path === undefined) return
        mark(path, !isViewed(path))
        if (isViewed(path)) return
        const next = [...all.slice(here + 1), ...all.slice(0, here)].find(({ dataset }) => !isViewed(dataset.file ?? ''))
        next?.scrollIntoView({ block: 'start' })
        next?.querySelector('button')?.focus({ preventScroll: true })
      }
      return [{ id: 'viewed', label: 'Mark this file as viewed, or not', keys: 'v', run }]
    }, [views]),
  )
}

/** The file the keyboard is in, else the topmost one in sight. */
function fileAtHand(all: readonly HTMLElement[]): HTMLElement | undefined {
  const focused = document.activeElement?.closest<HTMLElement>('[data-file]')
  if (focused) return focused
  const top = all[0]?.parentElement?.parentElement?.getBoundingClientRect().top ?? 0
  return all.find((each) => each.getBoundingClientRect().bottom > top + UNDER_BAR)
}

/** The bar and the head of a file, which stay in sight above what is read. */
const UNDER_BAR = 80
