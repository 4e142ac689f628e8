import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { findChromium } from '../../bin/launch/chromium.mjs'

const STOPWATCH = path.join(import.meta.dirname, 'stopwatch.js')

/** What stopwatch.js puts into every page. */
export type Stopwatch = {
  now: () => number
  painted: (holds: () => boolean) => Promise<number>
  listen: () => Promise<void>
  projected: Map<string, number>
  drops: number[]
  clicks: number[]
  ids: (column: string) => string[]
  inColumn: (id: string, column: string) => Promise<number>
  onTop: (id: string, column: string) => Promise<number>
  boardReady: (columns: string[]) => Promise<{ shown: number; idle: number }>
}

declare global {
  interface Window {
    stopwatch: Stopwatch
  }
}

/**
 * A browser whose frames are not held back to the display's sixty a second: what is measured is the work, not the wait
 * for the next refresh.
 */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-frame-rate-limit',
      '--disable-gpu-vsync',
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
    ],
  })
  try {
    return await use(browser)
  } finally {
    await browser.close()
  }
}

/** Somebody's browser: nothing of anybody else in it. */
export async function person(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(60_000)
  await context.addInitScript({ path: STOPWATCH })
  return context
}

/** Opens the app with a token and waits until the person is in. */
export async function signIn(context: BrowserContext, address: string, token: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${address}/?token=${token}`)
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  return page
}
