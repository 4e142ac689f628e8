import { expect } from '@playwright/test'
import { runCommand } from '#domain/core/command.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { looks } from '#domain/needs/schema.ts'
import { setTaskStatus } from '#domain/tasks/commands.ts'
import { RoomClient } from '../../bin/room-client.ts'
import type { Slipway } from '../harness/slipway.ts'
import { neighbour } from '../harness/story.ts'
import { findings } from './findings.ts'
import { addCard, card, goTo, makeProject, savedOnServer } from './steps.ts'

neighbour(
  'B21 W23 what waits for one stands on one page, new until it was read, also without a connection; reading it here is known everywhere',
  async ({ slipway, owner: ada }) => {
    const { page, context } = ada
    const projectId = await makeProject(page, 'Bakery')
    await goTo(page, 'Board')
    await addCard(page, 'Backlog', 'Pay by card')
    await addCard(page, 'Backlog', 'Print a receipt')
    // Its page is known to this browser from here on.
    await card(page, 'Print a receipt').click()
    await page.getByRole('tab', { name: 'Description' }).waitFor()
    await page.keyboard.press('Escape')
    await savedOnServer(page)

    const bob = await teammate(slipway, projectId)
    await bob.putIntoReview('Pay by card')
    const place = page.getByRole('link', { name: /^Needs me/ }).first()
    await expect(place).toHaveAccessibleName('Needs me, 1 new')

    await page.keyboard.press('i')
    const list = page.getByRole('list', { name: /^Waiting for review/ })
    const row = list.getByRole('link', { name: 'Pay by card' })
    await expect(row).toHaveAccessibleName(/Pay by card ?, new Bakery (just now|.* ago) Bob put it into review\./)
    expect(await findings(page, 'Needs me')).toEqual([])

    ada.expectsNetworkTrouble = true
    await context.setOffline(true)
    await row.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Pay by card')
    await expect(place).toHaveAccessibleName('Needs me')
    await page.keyboard.press('Escape')
    await page.waitForURL('**/needs-me')
    await expect(row).not.toHaveAccessibleName(/, new/)
    await context.setOffline(false)
    await savedOnServer(page)
    await expect.poll(() => bob.looks()).toBe(1)
    bob.close()
  },
)

neighbour(
  'H14 what comes to need one is said on the page in sight, else by one notification that leads to it; off until it is asked for',
  async ({ slipway, owner: { page, context } }) => {
    const projectId = await makeProject(page, 'Harbour')
    await goTo(page, 'Board')
    await addCard(page, 'Backlog', 'Moor the boat')
    await addCard(page, 'Backlog', 'Paint the hull')
    await savedOnServer(page)
    const bob = await teammate(slipway, projectId)
    await bob.putIntoReview('Moor the boat')
    await expect(page.getByText(/Moor the boat: Waiting for review\. Bob put it into review\./)).toBeVisible()

    await context.grantPermissions(['notifications'])
    const shown = await page.evaluateHandle(() => {
      const all: { title: string; onclick?: () => void }[] = []
      class Shown {
        static permission = 'granted'
        static requestPermission = async () => 'granted'
        readonly title: string
        constructor(title: string) {
          this.title = title
          all.push(this)
        }
        close(): void {}
      }
      Object.assign(window, { Notification: Shown })
      return all
    })
    const setInSight = (state: 'visible' | 'hidden') =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await page.keyboard.press('i')
    const wish = page.getByRole('switch', { name: 'Notify me' })
    await expect(wish).not.toBeChecked()
    await page.getByText('Notify me').click()
    await expect(wish).toBeChecked()
    await setInSight('hidden')
    await bob.putIntoReview('Paint the hull')
    await expect.poll(() => shown.evaluate((all) => all.map(({ title }) => title))).toEqual(['HARB-2 Paint the hull'])
    await setInSight('visible')
    await shown.evaluate(([first]) => first?.onclick?.())
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Paint the hull')
    bob.close()
  },
)

/** A member at work on a board from Node. */
async function teammate(slipway: Slipway, projectId: string) {
  const client = new RoomClient({ url: slipway.url, room: projectRoom(projectId), token: slipway.token('member', 'Bob') })
  await client.settled()
  return {
    putIntoReview: async (title: string): Promise<void> => {
      const found = Object.entries(client.doc.getMap('tasks').toJSON() as Record<string, { title: string }>)
      const taskId = found.find(([, row]) => row.title === title)?.[0]
      const world = { now: Date.now(), actor: 'Bob', newId: () => '', random: Math.random }
      for (const status of ['todo', 'in_progress', 'review']) {
        const answer = runCommand(setTaskStatus, () => client.doc, world, { projectId, taskId, status })
        if (!answer.ok) throw new Error(answer.message)
      }
      await client.settled()
    },
    looks: () => client.doc.getMap(looks.name).size,
    close: () => client.close(),
  }
}
