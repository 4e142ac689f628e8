import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
  type PlaywrightWorkerArgs,
} from '@playwright/test'
import { signIn, toAllProjects } from '../stories/steps.ts'
import { Slipway } from './slipway.ts'

/** What a browser writes to its console by itself when a server is away or refuses: not the page's own complaint. */
const NETWORK = /net::ERR_|WebSocket connection to|Failed to fetch|Failed to load resource/

/** A person with a browser of their own; what its console complains about fails the story. */
export class Person {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: string[] = []
  /** While the server is away, or refuses on purpose, the browser's own words about it are expected. */
  expectsNetworkTrouble = false
  /** Listens no more: the page goes on without this person. */
  readonly leave: () => void

  constructor(context: BrowserContext, page: Page, name: string) {
    this.context = context
    this.page = page
    const onConsole = (message: ConsoleMessage): void => {
      if (message.type() !== 'error') return
      if (this.expectsNetworkTrouble && NETWORK.test(`${message.text()} ${message.location().url}`)) return
      this.complaints.push(`${name}'s console: ${message.text()} (${message.location().url})`)
    }
    const onError = (error: Error): void => void this.complaints.push(`${name}'s page: ${error.stack ?? error.message}`)
    page.on('console', onConsole).on('pageerror', onError)
    this.leave = () => void page.off('console', onConsole).off('pageerror', onError)
  }
}

/** What a person sits in front of, where it is not a desktop. */
type Device = Pick<BrowserContextOptions, 'hasTouch' | 'viewport' | 'isMobile' | 'colorScheme' | 'locale'> & {
  /** Its pages open with the server off, also those it has not been to. Keeping the app for that costs two seconds of a processor in each new browser. */
  startsOffline?: true
}

type Fixtures = {
  /** A server and a runner of this story's own; everything they started is gone at its end, or the story fails. */
  slipway: Slipway
  /** Opens a browser for a person: nothing is shared with the others but the server. */
  person: (name: string, device?: Device) => Promise<Person>
}

/** A story: one or more people, each with a browser, in front of one real Slipway. */
export const story = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for from this pattern
  slipway: async ({}, use, info) => {
    const slipway = await Slipway.start()
    await use(slipway)
    if (info.status !== info.expectedStatus) await info.attach('what server and runner said', { body: slipway.said.join('\n') })
    await slipway.end()
  },
  person: async ({ playwright }, use) => {
    const people: Person[] = []
    const browsers: Browser[] = []
    await use(async (name, device = {}) => {
      const browser = await openBrowser(playwright, device)
      browsers.push(browser)
      const person = new Person(browser.context, browser.context.pages()[0] ?? (await browser.context.newPage()), name)
      people.push(person)
      return person
    })
    for (const browser of browsers) await browser.close()
    expectNoComplaints(people)
  },
})

type Shared = {
  /** Where the stories of one worker live side by side, each in a project of its own. */
  house: Slipway
  /** A page of the house's owner, who is signed in. */
  ownersPage: Page
}

/**
 * A story that does not mind what other stories have left behind: it shares a Slipway with its neighbours, and may sit down
 * at the owner's browser. To start both anew costs ten times what most of these stories do.
 */
export const neighbour = story.extend<{ owner: Person }, Shared>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures asked for from this pattern
    async ({}, use) => {
      const house = await Slipway.start()
      await use(house)
      await house.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  ownersPage: [
    async ({ house, playwright }, use, { config }) => {
      const { viewport = null, locale = 'en-GB', actionTimeout = 0 } = config.projects[0]?.use ?? {}
      const browser = await openBrowser(playwright, { viewport, locale })
      browser.context.setDefaultTimeout(actionTimeout)
      const page = browser.context.pages()[0] ?? (await browser.context.newPage())
      await signIn(page, house.signInUrl)
      await use(page)
      await browser.close()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  slipway: async ({ house }, use, info) => {
    const before = house.said.length
    await use(house)
    if (info.status !== info.expectedStatus) await info.attach('what server and runner said', { body: house.said.slice(before).join('\n') })
  },
  owner: async ({ ownersPage }, use) => {
    await toAllProjects(ownersPage)
    const owner = new Person(ownersPage.context(), ownersPage, 'Ada')
    await use(owner)
    owner.leave()
    expectNoComplaints([owner])
  },
})

type Browser = { context: BrowserContext; close: () => Promise<void> }

/** A browser with a profile on the disk, as people have: a private window keeps its files elsewhere, and more slowly. */
async function openBrowser({ chromium }: PlaywrightWorkerArgs['playwright'], device: Device): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'slipway-person-'))
  const { startsOffline, ...given } = device
  const context = await chromium.launchPersistentContext(profile, { ...given, serviceWorkers: startsOffline ? 'allow' : 'block' })
  const close = async (): Promise<void> => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
  return { context, close }
}

function expectNoComplaints(people: readonly Person[]): void {
  expect(
    people.flatMap(({ complaints }) => complaints),
    'nothing is written to the console as an error',
  ).toEqual([])
}
