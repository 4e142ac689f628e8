import { type RefObject, useEffect, useState } from 'react'

/** Which sides of a row that scrolls sideways hide something. */
type Beside = { before: boolean; after: boolean }

const bringChosen = (row: Element) => row.querySelector('[aria-selected=true]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })

/** Watches a row of tabs that may be longer than its place: which sides go on. The chosen one is brought into sight. */
export function useMoreBeside(row: RefObject<HTMLElement>, chosen: string | undefined): Beside {
  const [beside, setBeside] = useState<Beside>({ before: false, after: false })
  useEffect(() => {
    const element = row.current
    if (!element) return
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element
      const now = { before: scrollLeft > 1, after: scrollLeft + clientWidth < scrollWidth - 1 }
      setBeside((known) => (known.before === now.before && known.after === now.after ? known : now))
    }
    const sizes = new ResizeObserver((changed) => {
      // Another place for the row, not another count in it: what somebody scrolled to stays.
      if (changed.some(({ target }) => target === element)) bringChosen(element)
      look()
    })
    for (const each of [element, ...element.children]) sizes.observe(each)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [row])
  useEffect(() => {
    if (chosen !== undefined && row.current) bringChosen(row.current)
  }, [row, chosen])
  return beside
}
