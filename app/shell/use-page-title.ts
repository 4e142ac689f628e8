import { useEffect } from 'react'

/** Names the browser's tab after what the page shows, where its route could only say what kind of page it is; undefined leaves the route's name. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return
    const [before, mine] = [document.title, `${title} · Slipway`]
    document.title = mine
    return () => {
      // The next page has named it by now, unless it is one of the same kind.
      if (document.title === mine) document.title = before
    }
  }, [title])
}
