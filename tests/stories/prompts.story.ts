import { expect, type Page } from '@playwright/test'
import { neighbour } from '../harness/story.ts'
import { findings } from './findings.ts'
import { goTo, makeProject, toAllProjects, toSettings } from './steps.ts'

neighbour(
  'R2 R8 typing @ inserts a tag and takes a prompt as a component, by keyboard; one that would contain itself is refused',
  async ({ owner: { page } }) => {
    await toSettings(page, 'Tags')
    await page.getByRole('button', { name: 'New tag' }).click()
    const dialog = page.getByRole('dialog', { name: 'New tag' })
    await dialog.getByLabel('Name').fill('house-rules')
    await dialog.getByLabel('Text').fill('Small commits.')
    await page.getByRole('button', { name: 'Create tag' }).click()
    await expect(page.getByRole('list', { name: 'Tags' })).toContainText('@house-rules')
    expect(await findings(page, 'Tags')).toEqual([])
    await toAllProjects(page)
    await makeProject(page, 'Bakery of prompts')
    await write(page, 'Style', 'Write plainly.')
    await write(page, 'Build', 'Build it.')
    const text = page.getByRole('textbox', { name: 'Text' })
    const type = async (words: string) => {
      await text.click()
      await page.keyboard.press('ControlOrMeta+End')
      await page.keyboard.type(` ${words}`)
      await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1)
      await page.keyboard.press('Enter')
    }
    await type('@house')
    await expect(text).toContainText('<!-- @house-rules v1 -->')
    await type('@Sty')
    await expect(page.getByRole('list', { name: 'Components' })).toContainText('Style v1')
    await expect(text).not.toContainText('@Sty')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(page.getByText('Saved as version 2.')).toBeVisible()

    await goTo(page, 'Prompts')
    await page.getByRole('link', { name: /Style/ }).first().click()
    await type('@Build')
    await expect(page.getByText("A prompt can't contain itself: Style v1 → Build v2 → Style v1.")).toBeVisible()
    await page.getByRole('button', { name: 'Discard changes' }).click()
  },
)

async function write(page: Page, title: string, text: string): Promise<void> {
  await goTo(page, 'Prompts')
  await page.getByRole('button', { name: 'New prompt' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New prompt' })
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByLabel('Text').fill(text)
  await dialog.getByRole('button', { name: 'Create prompt' }).click()
  await page.waitForURL(/\/prompts\/[0-9a-f-]{36}/)
}
