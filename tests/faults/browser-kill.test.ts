import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoom } from '#domain/core/rooms.ts'
import { testBrowser } from '../../bin/launch/chromium.mjs'
import { RoomClient } from '../../bin/room-client.ts'
import { processesOf } from '../harness/processes.ts'
import { Slipway } from '../harness/slipway.ts'
import { waitUntil } from '../harness/wait-until.ts'
import { column, goTo, makeProject, savedOnServer, signIn, syncState } from '../stories/steps.ts'
import { KILLS_OF_THE_APP as KILLS, killingDice } from './cycles.ts'

const SLOW = 60_000
/** The board draws only cards in sight. At most three come in a cycle, of 100 px each: all are in sight of this window, whose pixels are few. */
const WINDOW = { width: 1400, height: 800 + KILLS * 3 * 100 }
let slipway: Slipway
const profile = mkdtempSync(join(tmpdir(), 'slipway-profile-'))

beforeAll(async () => {
  slipway = await Slipway.start({ runner: false })
})
afterAll(async () => {
  await killBrowser()
  await slipway.end()
  rmSync(profile, { recursive: true, force: true })
})

test(`S06 ${KILLS} kill -9 of the browser while somebody types with the server away: everything shown as "on this device" is there again, and reaches the server`, async () => {
  const dice = killingDice('browser kills')
  let page = await openBrowser()
  await signIn(page, slipway.signInUrl)
  const projectId = await makeProject(page, 'Typed')
  await goTo(page, 'Board')
  await column(page, 'Backlog').waitFor({ timeout: SLOW })
  await savedOnServer(page)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  await slipway.stop('server')

  const kept: string[] = []
  for (let cycle = 0; cycle < KILLS; cycle++) {
    await page.getByRole('button', { name: 'Add a card to Backlog' }).click()
    const cards = 1 + Math.floor(dice() * 3)
    for (let at = 0; at < cards; at++) {
      const title = `Typed ${cycle}-${at} ${newId().slice(-6)}`
      await page.getByLabel('Title of the new card').fill(title)
      await page.keyboard.press('Enter')
      await waitUntil('the field to be empty again', async () => (await page.getByLabel('Title of the new card').inputValue()) === '', SLOW)
      // A card that is drawn while the page says "on this device" has been promised.
      await waitUntil('the page to promise it', async () => (await syncState(page).innerText()).startsWith('on this device'), SLOW)
      kept.push(title)
    }
    await page.getByLabel('Title of the new card').fill('half a word')
    await killBrowser()
    page = await openBrowser()
    await page.goto(`${slipway.url}/projects/${projectId}`)
    await waitUntil(`all ${kept.length} cards to be drawn again`, async () => (await missingOnBoard(page, kept)).length === 0, SLOW).catch(
      async () => {
        const shown = await page.locator('body').innerText()
        expect.fail(
          `shown as kept and lost after kill ${cycle + 1}: ${kept.filter((title) => !shown.includes(title))}; the page says: ${shown}`,
        )
      },
    )
  }

  await slipway.startServer()
  // A browser that is killed within half a minute forgets that it was signed in; what was typed waits for the next sign-in.
  await signIn(page, slipway.signInUrl)
  await page.goto(`${slipway.url}/projects/${projectId}`)
  await savedOnServer(page)
  const client = new RoomClient({ url: slipway.url, room: projectRoom(projectId), token: slipway.token() })
  await client.settled()
  client.close()
  const onServer = [...client.doc.getMap('tasks').values()].map((row) => (row as { get: (field: string) => unknown }).get('title'))
  expect(kept.filter((title) => !onServer.includes(title))).toEqual([])
  expect(onServer).toHaveLength(new Set(onServer).size)
}, 600_000)

let context: BrowserContext | undefined

async function openBrowser(): Promise<Page> {
  context = await chromium.launchPersistentContext(profile, { ...testBrowser(), viewport: WINDOW, deviceScaleFactor: 0.1 })
  return context.pages()[0] ?? (await context.newPage())
}

/** kill -9 of every process of the browser at once. */
async function killBrowser(): Promise<void> {
  for (const { pid } of processesOf(profile)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It went with another one.
    }
  }
  await context?.close().catch(() => undefined)
  await waitUntil('the browser to be gone', () => processesOf(profile).length === 0)
  // What a dead browser leaves so that no second one opens the profile.
  for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) rmSync(join(profile, lock), { force: true })
}

async function missingOnBoard(page: Page, titles: readonly string[]): Promise<string[]> {
  const drawn = await column(page, 'Backlog').innerText({ timeout: SLOW })
  return titles.filter((title) => !drawn.includes(title))
}
