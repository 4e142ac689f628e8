import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { neighbour } from '../harness/story.ts'
import { addCard, goTo, makeProject, startInterview } from './steps.ts'

neighbour(
  'A11Y FIND-3 the main pages have no finding of axe, and a card is found by its words and opened by keys alone',
  async ({ owner: { page } }) => {
    // react-aria speaks to screen readers by passing elements of its own, which axe must not catch in passing.
    // Its legacy mode looks at no frames, which our pages have none of, and opens no page for each look. What keeps the rules is not told, which takes a fifth of a look.
    const look = async (name: string): Promise<void> => {
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
      const { violations } = await axe.exclude('[data-live-announcer]').analyze()
      expect(violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map(({ html }) => html).join(', ')}`)).toEqual([])
    }
    await look('Projects')
    await makeProject(page, 'Shop')
    await page.getByLabel('Folder path').waitFor()
    await look('Repository')
    await goTo(page, 'Board')
    await addCard(page, 'Backlog', 'Pay by card')
    await look('Board')
    await startInterview(page, 'Checkout')
    await page.getByRole('group', { name: 'Answers' }).waitFor()
    await look('Interview')
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('card by')
    await page.getByRole('menuitem', { name: 'Pay by card' }).waitFor()
    await look('Command bar')
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Description' }).waitFor()
    await look('Card')
    await goTo(page, 'Settings')
    await page.getByRole('button', { name: 'Add model' }).first().waitFor()
    await look('Settings')
    await page.getByRole('link', { name: 'Export and import' }).click()
    await page.getByRole('button', { name: 'Export everything of Shop' }).first().waitFor()
    await look('Export and import')
  },
)
