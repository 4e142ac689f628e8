import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds on the page, each finding with what it is about; none on a page everybody can use. */
export async function findings(page: Page, name: string): Promise<string[]> {
  await page.evaluate(atRest)
  // react-aria speaks to screen readers by passing elements of its own, which axe must not catch in passing.
  // Its legacy mode looks at no frames, which our pages have none of, and opens no page for each look. What keeps the rules is not told, which takes a fifth of a look.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  // A message leaves by itself, and may be half gone while axe looks at it; its colours are looked at with all others (`theme.test.ts`).
  const { violations } = await axe.exclude('[data-live-announcer]').exclude('[data-sonner-toaster]').analyze()
  return violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map(({ html }) => html).join(', ')}`)
}

/** In the page: what fades in is read when it is there. What moves for ever is not waited for. */
async function atRest(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
  await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)))
}
