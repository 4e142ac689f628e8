import { expect } from '@playwright/test'
import { neighbour } from '../harness/story.ts'
import { findings } from './findings.ts'
import { addCard, goTo, makeProject, startInterview } from './steps.ts'

neighbour(
  'A11Y FIND-3 the main pages have no finding of axe, and a card is found by its words and opened by keys alone',
  async ({ owner: { page } }) => {
    const look = async (name: string): Promise<void> => expect(await findings(page, name)).toEqual([])
    await look('Projects')
    await makeProject(page, 'Shop')
    await page.getByLabel('Folder path').waitFor()
    await look('Repository')
    await goTo(page, 'Board')
    await addCard(page, 'Backlog', 'Pay by card')
    await look('Board')
    await page.keyboard.press('v')
    await page.getByRole('grid', { name: 'Cards as a list' }).getByText('Pay by card').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await look('Board as a list')
    await page.keyboard.press('v')
    await startInterview(page, 'Checkout')
    await page.getByRole('group', { name: 'Answers' }).waitFor()
    await look('Interview')
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 }
    await page.setViewportSize({ width: 390, height: 500 })
    await look('Interview on a phone')
    const below = await page.evaluate(() => (document.scrollingElement?.scrollHeight ?? 0) - window.innerHeight)
    expect(below, 'nothing hidden stands below the page, where the page could be scrolled to').toBe(0)
    await page.setViewportSize({ width, height })
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('card by')
    await page.getByRole('menuitem', { name: 'Pay by card' }).waitFor()
    // The field names the line it points at a moment after the list has changed.
    await page.waitForFunction(() => {
      const pointed = document.activeElement?.getAttribute('aria-activedescendant')
      return pointed && document.getElementById(pointed)
    })
    await look('Command bar')
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Description' }).waitFor()
    await look('Card')
    await page.getByRole('button', { name: 'Add a plan' }).click()
    await page.getByRole('textbox', { name: 'Words of Plan' }).waitFor()
    await look('Card with a plan')
    for (const name of ['Chat', 'Timeline']) {
      await page.getByRole('tab', { name }).click()
      await look(`Card, ${name}`)
    }
    const timeline = page.getByRole('tab', { name: 'Timeline' })
    await page.setViewportSize({ width: 320, height })
    await expect(timeline, 'of tabs that have no room the chosen one is in sight').toBeInViewport({ ratio: 1 })
    await page.setViewportSize({ width, height })
    await page.getByRole('tab', { name: 'Description' }).click()
    const status = page.getByRole('button', { name: 'Backlog Status' })
    await page.locator('label:visible', { hasText: /^Status$/ }).click()
    await expect(status, 'a click on its label goes there').toBeFocused()
    await status.press('ArrowDown')
    await page.getByRole('option', { name: 'Backlog', selected: true }).press('Escape')
    await expect(status, 'the list alone is closed').toBeFocused()
    await status.press('2')
    await expect(page, 'a key that a choice has no use for is the page’s').toHaveURL(/tab=chat/)
    await page
      .getByRole('link', { name: /^Needs me/ })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: 'Needs me' }).waitFor()
    await look('Needs me')
    for (const name of ['Interviews', 'Prompts', 'History'] as const) {
      await goTo(page, name)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await look(name)
    }
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await look('Keyboard shortcuts')
    await page.keyboard.press('Escape')
    await goTo(page, 'Settings')
    await page.getByRole('button', { name: 'Add model' }).first().waitFor()
    await look('Settings')
    await page.getByRole('button', { name: 'Add model' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add a model' })
    await look('Add a model')
    await dialog.getByLabel('Name', { exact: true }).fill('Local')
    await dialog.getByLabel('Temperature').fill('warm')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByLabel('Base URL'), 'the first that is wrong').toBeFocused()
    for (const [field, words] of [
      ['Base URL', /needs a base URL/],
      ['Model name', /is needed/],
      ['Temperature', /^From 0 to 2/],
    ] as const)
      await expect(dialog.getByLabel(field), 'and all of them say so').toHaveAccessibleDescription(words)
    await look('Add a model, refused')
    await dialog.getByRole('button', { name: /Protocol$/ }).press('Escape')
    await expect(dialog, 'and Escape the dialog’s around it').toBeHidden()
    await page.getByRole('link', { name: 'Export and import' }).click()
    await page.getByRole('button', { name: 'Export everything of Shop' }).first().waitFor()
    await look('Export and import')
    for (const name of ['Members', 'Limits', 'Tags', 'Repositories', 'Yours', 'About']) {
      await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name, exact: true }).click()
      await page.locator('a[aria-current=page]', { hasText: name }).waitFor()
      await look(name)
    }
    await page.goto(`${new URL(page.url()).origin}/design`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await look('Design')
    // No way leads on from there, and the next story of these neighbours begins where this one ends.
    await page.goBack()
    await page.getByRole('button', { name: 'Switch project' }).waitFor()
  },
)
