import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
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

  constructor(context: BrowserContext, page: Page, name: string) {
    this.context = context
    this.page = page
    page.on('console', (message) => {
      if (message.type() !== 'error') return
      if (this.expectsNetworkTrouble && NETWORK.test(`${message.text()} ${message.location().url}`)) return
      this.complaints.push(`${name}'s console: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => this.complaints.push(`${name}'s page: ${error.stack ?? error.message}`))
  }
}

/** What a person sits in front of, where it is not a desktop. */
type Device = Pick<BrowserContextOptions, 'hasTouch' | 'viewport' | 'isMobile' | 'colorScheme'>

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
    const profiles: string[] = []
    await use(async (name, device = {}) => {
      // A profile on the disk, as people have: a private window keeps its files elsewhere, and more slowly.
      const profile = mkdtempSync(join(tmpdir(), 'slipway-person-'))
      profiles.push(profile)
      const context = await playwright.chromium.launchPersistentContext(profile, device)
      const person = new Person(context, context.pages()[0] ?? (await context.newPage()), name)
      people.push(person)
      return person
    })
    for (const { context } of people) await context.close()
    for (const profile of profiles) rmSync(profile, { recursive: true, force: true })
    expect(
      people.flatMap(({ complaints }) => complaints),
      'nothing is written to the console as an error',
    ).toEqual([])
  },
})
