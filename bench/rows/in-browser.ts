import type { Browser } from 'playwright'
import { withBrowser } from '../browser/browser.ts'
import { needBuiltApp } from '../browser/built-app.ts'
import type { Up } from '../servers/server.ts'
import { slipway } from '../servers/slipway.ts'
import { withServers } from './in-turn.ts'
import type { Bench, Line } from './row.ts'

/** Measures a Slipway of the built app with a browser in front of it; both are ended whatever happens. */
export function inBrowser({ folder }: Bench, measure: (browser: Browser, up: Up) => Promise<Line[]>): Promise<Line[]> {
  needBuiltApp()
  return withBrowser((browser) => withServers([slipway], folder, async ([up]) => (up ? measure(browser, up) : [])))
}
