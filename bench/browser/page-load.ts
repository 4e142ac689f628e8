import path from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import type { Vitals } from '../report/page-score.ts'

/** What vitals.js puts into every page. */
type Seen = { fcp: number; lcp: number; cls: number; tasks: { startTime: number; duration: number }[] }
declare global {
  interface Window {
    vitals: Seen
  }
}

const VITALS = path.join(import.meta.dirname, 'vitals.js')
/**
 * Lighthouse's desktop, `desktopDense4G`: https://github.com/GoogleChrome/lighthouse/blob/main/core/config/constants.js. It simulates
 * a round trip of 40 ms for each request and 10 Mbit/s; here the browser delays each request by as much.
 */
const NETWORK = {
  offline: false,
  latency: 40,
  downloadThroughput: (10_240 * 1_024) / 8,
  uploadThroughput: (10_240 * 1_024) / 8,
}
const SCREEN = { width: 1_350, height: 940 }
/** What Lighthouse clears before it loads a page. Who is signed in stays so, and rows of IndexedDB stay. */
const CLEARED = 'file_systems,shader_cache,service_workers,cache_storage'
/** A page is quiet once its main thread had no long task for so long; only then everything that blocks has been counted. */
const QUIET_MS = 5_000
/** Of a task, what goes beyond this blocks. */
const LONG_MS = 50

/** Makes a page of this context one whose loads can be measured. */
export async function measured(context: BrowserContext): Promise<Page> {
  await context.addInitScript({ path: VITALS })
  const page = await context.newPage()
  await page.setViewportSize(SCREEN)
  return page
}

/**
 * Loads an address the way Lighthouse's desktop run does: with nothing in the HTTP cache and a network of 10 Mbit/s. `ready`
 * waits until everything is there, and answers when it was painted (ms since 1970): it stands for the Speed Index, as if
 * nothing at all had been seen before, so that one is too high rather than too low.
 */
export async function load(page: Page, address: string, ready: () => Promise<number>): Promise<Vitals> {
  const session = await page.context().newCDPSession(page)
  await page.goto('about:blank')
  await session.send('Storage.clearDataForOrigin', { origin: new URL(address).origin, storageTypes: CLEARED })
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  await session.send('Network.emulateNetworkConditions', NETWORK)
  await page.goto(address, { waitUntil: 'commit' })
  const at = await ready()
  await page.waitForFunction(
    (quiet) => performance.now() - Math.max(0, ...window.vitals.tasks.map(({ startTime, duration }) => startTime + duration)) > quiet,
    QUIET_MS,
  )
  const { seen, origin } = await page.evaluate(() => ({ seen: window.vitals, origin: performance.timeOrigin }))
  await session.detach()
  return { fcp: seen.fcp, si: Math.max(seen.fcp, at - origin), lcp: seen.lcp, tbt: blocking(seen), cls: seen.cls }
}

/** What long tasks took beyond what nobody notices, from the first paint on. */
const blocking = ({ fcp, tasks }: Seen): number =>
  tasks
    .map(({ startTime, duration }) => startTime + duration - Math.max(startTime, fcp))
    .reduce((sum, duration) => sum + Math.max(0, duration - LONG_MS), 0)
