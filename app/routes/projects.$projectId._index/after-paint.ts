/** Calls back once the frame that shows what was just changed has been painted: for all that can wait so long. */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run))
}
