import { expect, type Locator, type Page } from '@playwright/test'
import { neighbour } from '../harness/story.ts'
import { findings } from './findings.ts'
import { card, goTo, makeProject, startInterview, toAllProjects, toSettings, writePrompt } from './steps.ts'

neighbour(
  'R2 R8 a tag comes into the text and a prompt becomes a component by @, by dragging and by a button; one that would contain itself is refused',
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
    await startInterview(page, 'Nothing to say')
    await takeTag(page, page.getByLabel('Something else'))
    await page.getByLabel('Something else').fill('')
    await page.getByRole('button', { name: 'Finish', exact: true }).click()
    const generate = page.getByRole('button', { name: 'Generate prompts' }).last()
    await expect(generate).toBeDisabled()
    await expect(generate).toHaveAccessibleDescription(/nothing was answered\. Reopen the interview/)
    await writePrompt(page, 'Style', 'Write plainly.')
    await writePrompt(page, 'Tone', 'Be kind.')
    await writePrompt(page, 'Build', 'Build it.')
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

    const offered = page.getByRole('list', { name: 'To put in' }).getByRole('listitem')
    const components = page.getByRole('list', { name: 'Components' }).getByRole('listitem')
    await holdOver(page, offered.filter({ hasText: 'Tone v1' }), text)
    await expect(page.locator('.cm-dropCursor'), 'a component has no place in the text').toHaveCount(0)
    await expect(page.locator('[data-drop-line]')).toHaveCount(1)
    await page.mouse.up()
    await expect(components).toHaveText([/Style v1/, /Tone v1/])
    await page.getByRole('button', { name: 'Remove Tone v1' }).click()
    await page.getByRole('button', { name: 'Put Tone v1 in front' }).press('Enter')
    await expect(components).toHaveText([/Style v1/, /Tone v1/])
    await expect(page.getByRole('button', { name: 'Insert @house-rules at the caret' }), 'the keyboard goes on from there').toBeFocused()
    await holdOver(page, components.filter({ hasText: 'Tone v1' }), components.filter({ hasText: 'Style v1' }))
    await page.mouse.up()
    await expect(components).toHaveText([/Tone v1/, /Style v1/])
    await expect(text).not.toContainText('Tone')
    await holdOver(page, offered.filter({ hasText: '@house-rules' }), text)
    await expect(page.locator('.cm-dropCursor')).toHaveCount(1)
    await page.mouse.up()
    await expect(text).toContainText('<!-- @house-rules v1 -->Small commits.Build it. <!-- @house-rules v1 -->')
    await text.press('ControlOrMeta+End')
    await page.getByRole('button', { name: 'Insert @house-rules at the caret' }).click()
    await expect(text).toContainText(/Build it\.( ?<!-- @house-rules v1 -->Small commits\.){2}/)
    await expect(text).toBeFocused()
    expect(await findings(page, 'The editor of a prompt')).toEqual([])
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(page.getByText('Saved as version 2.')).toBeVisible()

    await goTo(page, 'Prompts')
    await page.getByRole('link', { name: /Style/ }).first().click()
    await type('@Build')
    const refused = page.getByText("A prompt can't contain itself: Style v1 → Build v2 → Style v1.")
    await expect(refused).toBeVisible()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await expect(text).toHaveText('Write plainly.')
    await expect(refused, 'it was about what is discarded').toBeHidden()
    await page.getByRole('tab', { name: /^Tasks/ }).click()
    const containing = page.getByRole('list', { name: 'Prompts that contain it' })
    await expect(containing.getByRole('listitem')).toHaveText([/^Build\s*v2 has v1$/])
    expect(await findings(page, 'What uses a prompt')).toEqual([])
    await containing.getByRole('link').press('Enter')
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Build')
    await expect(containing, 'nothing contains this one').toHaveCount(0)

    await page.getByRole('button', { name: 'Command bar' }).click()
    await page.getByPlaceholder('Do or find…').fill('small commits')
    const found = page.getByRole('menuitem', { name: /Build/ })
    await expect(found, 'what was found reads as words').toContainText('Small commits.')
    await expect(found).not.toContainText('<!--')
    await page.keyboard.press('Escape')

    await goTo(page, 'Board')
    await page.getByRole('button', { name: 'Add a card to Backlog' }).click()
    await page.getByLabel('Title of the new card').fill('Bake the bread\n\nWarm at seven.')
    await page.keyboard.press('Enter')
    await card(page, 'Bake the bread').click()
    const description = page.getByRole('textbox', { name: 'Description' })
    await expect(description).toHaveText('Warm at seven.')
    const asked = page.getByText('As it was asked')
    await expect(asked, 'the card says it still').toBeHidden()
    await description.fill('')
    await asked.click()
    await expect(page.getByText('Warm at seven.')).toBeVisible()
    expect(await findings(page, 'A card beside the words it was asked for in')).toEqual([])
    await description.click()
    await page.keyboard.type('@house')
    await page.getByRole('option', { name: /@house-rules/ }).click()
    await expect(description).toHaveText('<!-- @house-rules v1 -->Small commits.')
    await page.getByRole('tab', { name: 'Chat' }).click()
    await takeTag(page, page.getByLabel('Message to the agent'))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('list', { name: 'For the next attempt' }).getByRole('listitem')).toHaveText(/^\s*Small commits\./)
    await page.getByRole('list', { name: 'For the next attempt' }).getByRole('button', { name: 'Edit' }).click()
    await expect(page.getByLabel('Your message'), 'what is sent says which version of which tag it has').toHaveValue(TAG.trim())
    expect(await findings(page, 'The chat of a card that nobody has worked on')).toEqual([])
  },
)

const TAG = '<!-- @house-rules v1 -->\nSmall commits.\n'

/** Takes the tag that a plain field offers after @. */
async function takeTag(page: Page, field: Locator): Promise<void> {
  await field.fill('@house')
  await expect(page.getByRole('listbox', { name: 'Tags' }).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue(TAG)
}

/** Takes a row with the mouse and holds it over the beginning of something. */
async function holdOver(page: Page, row: Locator, over: Locator): Promise<void> {
  await over.scrollIntoViewIfNeeded()
  const [from, to] = [await row.boundingBox(), await over.boundingBox()]
  if (!from || !to) throw new Error('What is to be dragged is not in sight.')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  // What is entered by one step is held over by the next.
  for (const step of [12, 11, 10]) await page.mouse.move(to.x + 14, to.y + step)
}
