/** Where every list stood when it was left, for the way back from a card. Lives as long as the tab. */
const places = new Map<string, number>()

export const keepScroll = (key: string, at: number): void => {
  places.set(key, at)
}

/** Puts a list back where it stood, as soon as its content is there (it is measured after the first paint). */
export function restoreScroll(key: string, element: HTMLElement, side: 'scrollTop' | 'scrollLeft'): void {
  const wanted = places.get(key) ?? 0
  if (wanted === 0) return
  let tries = 20
  const attempt = () => {
    element[side] = wanted
    if (Math.abs(element[side] - wanted) > 1 && tries-- > 0 && element.isConnected) requestAnimationFrame(attempt)
  }
  requestAnimationFrame(attempt)
}

/** The card that was opened last from a board, to give the keyboard back to. */
export const lastOpened = new Map<string, string>()
