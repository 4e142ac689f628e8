import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { installFromDebian } from './debian.mjs'
import { Refusal, say } from './say.mjs'

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Debian's Chromium without the windows that nobody sees in a test: it starts in half the processor time. Not by its wrapper, which would be killed in its place. */
const WITHOUT_WINDOWS = '/usr/lib/chromium/chromium-headless-shell'

/** A Chromium that is here already: the one named, a known one, or Playwright's own. */
function findChromium() {
  const own = process.env.CHROMIUM
  if (own && existsSync(own)) return own
  const known = KNOWN.find((path) => existsSync(path))
  if (known) return known
  try {
    const path = createRequire(import.meta.url)('playwright').chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/**
 * How tests start their browser. Every one that is started draws two hidden pages for the suggestions below an address bar
 * that nobody here sees, a second of processor time each time: they are off. The last such list counts, so the rest of it is Playwright's own.
 * Nor is a database, or a script, compiled a second time for speed: the page is gone before that has paid.
 */
export function testBrowser() {
  const off = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxPopupDebug', 'AimEnabled']
  const playwrights = [
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'MediaRouter',
    'PaintHolding',
    'OptimizationHints',
    'PreconnectToSearch',
  ]
  return {
    executablePath: findForTests() ?? '',
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--js-flags=--liftoff-only --no-maglev --no-opt',
      `--disable-features=${[...off, ...playwrights].join(',')}`,
    ],
  }
}

/** The path of the browser that tests use, if it is here already. */
export const findForTests = () => (process.env.CHROMIUM || !existsSync(WITHOUT_WINDOWS) ? findChromium() : WITHOUT_WINDOWS)

/** Installs Debian's Chromium without windows where it is missing and may be installed. */
export function wishForChromium() {
  if (!process.env.CHROMIUM && !existsSync(WITHOUT_WINDOWS)) installFromDebian('chromium-headless-shell')
}

/** Finds a Chromium for tests, or installs one: from Debian when we may, else the one Playwright brings. */
export function needChromium(root) {
  wishForChromium()
  const found = findForTests()
  if (found) return found
  if (installFromDebian('chromium')) {
    const installed = findChromium()
    if (installed) return installed
  }
  say('Installing the Chromium that Playwright brings …')
  spawnSync(process.execPath, ['node_modules/playwright/cli.js', 'install', '--with-deps', 'chromium'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const brought = findChromium()
  if (brought) return brought
  throw new Refusal(
    'The browser tests need Chromium, and none could be installed. Install it (Debian: apt install chromium) or set CHROMIUM to its path.',
  )
}
