import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { ROOT } from '#launch/root.mjs'
import { needChromium } from '../../bin/launch/chromium.mjs'

const STOPWATCH = path.join(import.meta.dirname, 'stopwatch.js')

/** The first frame that showed something; see stopwatch.js. */
export type Painted = { changed: number; drawing: number; at: number }

/** Frames of a while; see stopwatch.js. */
export type Frames = { count: number; ms: number; long: number[]; worst: { ms: number; madeOf: string } }

/** What stopwatch.js puts into every page. */
export type Stopwatch = {
  now: () => number
  painted: (holds: () => boolean) => Promise<Painted>
  frames: () => () => Promise<Frames>
  listen: () => Promise<void>
  rebuilt: () => Promise<number>
  projected: Map<string, number>
  drops: number[]
  clicks: number[]
  keys: number[]
  ids: (column: string) => string[]
  inColumn: (id: string, column: string) => Promise<Painted>
  left: (id: string, column: string) => Promise<Painted>
  boardReady: (columns: string[]) => Promise<{ shown: number; idle: number }>
}

declare global {
  interface Window {
    stopwatch: Stopwatch
  }
}

/** A browser for one row, closed afterwards. What is not looked at is not slowed down. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({
    executablePath: needChromium(ROOT),
    args: ['--no-sandbox', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
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

/** The frames a page drew while somebody did something in it. */
export async function framesWhile(page: Page, act: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => void Object.assign(window, { counted: window.stopwatch.frames() }))
  await act()
  return page.evaluate(() => (window as unknown as { counted: () => Promise<Frames> }).counted())
}
