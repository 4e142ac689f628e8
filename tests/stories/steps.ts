import { expect as expectOfPlaywright, type Locator, type Page } from '@playwright/test'

/** As long as everywhere in the stories: tests that are none, and take steps too, know nothing of the stories' settings. */
const expect = expectOfPlaywright.configure({ timeout: 120_000 })

/** Signs in by the URL that the server printed. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  // A browser that knows its person draws the page before the token is used.
  await expect(page).not.toHaveURL(/[?&]token=/)
  await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible({ timeout: 180_000 })
}

/** Goes to the list of projects by the page's own way: loaded anew, a page starts its database again, which takes longer than many a story. */
export async function toAllProjects(page: Page): Promise<void> {
  const heading = page.getByRole('heading', { name: 'Projects', level: 1 })
  if (!(await heading.isVisible())) {
    await page.getByRole('button', { name: 'Switch project' }).click()
    await page
      .getByRole('menuitem', { name: 'All projects' })
      .or(page.getByRole('menuitemradio', { name: 'All projects' }))
      .first()
      .click()
  }
  await expect(heading).toBeVisible()
}

/** Opens a project from the list of projects. */
export async function openProject(page: Page, projectId: string): Promise<void> {
  await page.locator(`a[href="/projects/${projectId}"]`).first().click()
}

/** Goes to a page of the settings by the navigation. */
export async function toSettings(page: Page, name: 'Models' | 'Members' | 'Limits' | 'Tags' | 'Export and import'): Promise<void> {
  await goTo(page, 'Settings')
  await page.getByRole('link', { name, exact: true }).click()
}

/** Makes a project; answers its id. The next step it shows is the repository. */
export async function makeProject(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'New project' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New project' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL(/\/projects\/[0-9a-f-]{36}\/repository/)
  return /projects\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
}

export async function linkRepository(page: Page, path: string): Promise<void> {
  await page.getByLabel('Folder path').fill(path)
  await page.getByRole('button', { name: 'Link repository' }).click()
  await expect(page.getByText('The repository is linked.')).toBeVisible({ timeout: 180_000 })
}

/** Goes to a place of the project by its navigation. */
export async function goTo(
  page: Page,
  place: 'Board' | 'Projects' | 'Interviews' | 'Prompts' | 'History' | 'Repository' | 'Settings',
): Promise<void> {
  await page.getByRole('link', { name: place, exact: true }).first().click()
}

/** A topic's line in the coverage panel. */
export const topic = (page: Page, name: string): Locator =>
  page.getByRole('list', { name: 'Topics' }).getByRole('listitem').filter({ hasText: name })

/** Starts an interview; `asker` is a model's name, or the built-in list where none is given. */
export async function startInterview(page: Page, title: string, asker?: string): Promise<void> {
  await goTo(page, 'Interviews')
  await page.getByRole('button', { name: 'New interview' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New interview' })
  await dialog.getByLabel('Title').fill(title)
  const isAsked = await dialog.getByRole('button', { name: 'Who asks' }).isVisible()
  // A neighbour may have left a model.
  if (asker || isAsked) await choose(page, dialog, 'Who asks', asker ?? /^Built-in/)
  await dialog.getByRole('button', { name: 'Start interview' }).click()
  await page.waitForURL(/\/interviews\/[0-9a-f-]{36}/)
}

/** Chooses in a select by the label people see. */
export async function choose(page: Page, where: Locator | Page, label: string, choice: string | RegExp): Promise<void> {
  await where.getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: choice }).first().click()
}

/** Answers the open questions, by turns with a click, in own words, with "I don't know", with a picture and with a file, until none is open. Answers how many there were. */
export async function holdInterview(page: Page, answers: readonly string[]): Promise<number> {
  let asked = 0
  const group = page.getByRole('group', { name: 'Answers' })
  for (const answer of answers) {
    await expect(group).toBeVisible({ timeout: 180_000 })
    const question = await page
      .getByRole('heading', { level: 2 })
      .filter({ has: page.locator(':scope') })
      .first()
      .textContent()
    if (answer === '1') await group.getByRole('button').first().click()
    else if (answer === '?') await page.getByRole('button', { name: 'I don’t know' }).click()
    else {
      const words = page.getByLabel('Something else')
      if (/^\w+\.\w+$/.test(answer)) await dropFile(page.getByRole('region', { name: question ?? '', exact: true }), words, answer)
      else await words.fill(answer)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
    }
    asked++
    await expect(page.getByText('answered').or(page.getByText('assumed'))).not.toHaveCount(0)
    if (asked < answers.length) await expect(page.getByRole('heading', { level: 2, name: question ?? '', exact: true })).toHaveCount(0)
  }
  return asked
}

/** One dot. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** What a file says that is an answer. */
export const NOTES = '# Notes\n\nCoffee for all.\n'

/** Drops a picture, or the notes, where people drop files, and waits until the field there shows it. */
async function dropFile(onto: Locator, field: Locator, name: string): Promise<void> {
  const isPicture = name.endsWith('.png')
  const bytes = isPicture ? PICTURE : Buffer.from(NOTES)
  const dataTransfer = await onto.evaluateHandle(
    (_, [base64, called]) => {
      const files = new DataTransfer()
      files.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], called))
      return files
    },
    [bytes.toString('base64'), name] as const,
  )
  await onto.dispatchEvent('drop', { dataTransfer })
  const link = isPicture ? `!\\[${name}\\]\\(/blobs/[0-9a-f]{64}\\)` : `\\[${name}\\]\\(/blobs/[0-9a-f]{64} "${bytes.length} bytes"\\)`
  await expect(field).toHaveValue(new RegExp(`^${link}\\n$`))
}

/** Writes a prompt by hand, and is at its page then. */
export async function writePrompt(page: Page, title: string, text: string): Promise<void> {
  await goTo(page, 'Prompts')
  await page.getByRole('button', { name: 'New prompt' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New prompt' })
  await dialog.getByLabel('Title').fill(title)
  await dialog.getByLabel('Text').fill(text)
  await dialog.getByRole('button', { name: 'Create prompt' }).click()
  await page.waitForURL(/\/prompts\/[0-9a-f-]{36}/)
}

/** Accepts every proposed prompt, one by one, and opens the last one. */
export async function acceptPrompts(page: Page, writer?: string): Promise<number> {
  await page.getByRole('button', { name: 'Generate prompts' }).first().click()
  if (writer) {
    const dialog = page.getByRole('dialog', { name: 'Generate prompts' })
    await choose(page, dialog, 'Who writes them', writer)
    await dialog.getByRole('button', { name: 'Propose prompts' }).click()
  }
  const proposal = page.getByRole('dialog', { name: /Proposal \d+ of \d+/ })
  await expect(proposal).toBeVisible({ timeout: 180_000 })
  const [, count = '0'] = /of (\d+)/.exec((await proposal.getByRole('heading').first().textContent()) ?? '') ?? []
  for (let at = 1; at <= Number(count); at++) {
    await page
      .getByRole('dialog', { name: `Proposal ${at} of ${count}` })
      .getByRole('button', { name: 'Accept' })
      .click()
  }
  await page.getByRole('link', { name: Number(count) === 1 ? 'Open the prompt' : 'Open the last one' }).click()
  await page.waitForURL(/\/prompts\/[0-9a-f-]{36}/)
  return Number(count)
}

/** Proposes cards from the prompt in sight and adds them all; answers their titles. */
export async function addProposedCards(page: Page, writer?: string): Promise<string[]> {
  await page.getByRole('button', { name: 'Generate tasks' }).first().click()
  if (writer) {
    const dialog = page.getByRole('dialog', { name: 'Generate tasks' })
    await choose(page, dialog, 'Who proposes them', writer)
    await dialog.getByRole('button', { name: 'Propose tasks' }).click()
  }
  const cards = page.getByRole('list', { name: 'Proposed cards' })
  await expect(cards).toBeVisible({ timeout: 180_000 })
  const read = () => cards.getByLabel(/^Title of card/).evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))
  const [first, ...others] = await read()
  if (others.length === 0) {
    await page.getByRole('button', { name: 'Add 1 card to the board' }).click()
    await expect(page.getByText(/on the board\.$/)).toBeVisible()
    return first === undefined ? [] : [first]
  }
  // The last one is not wanted, and is not proposed again.
  const unwanted = others.pop() ?? ''
  await page.getByRole('button', { name: `Take out card ${others.length + 2}` }).click()
  const titles = await read()
  await page.getByRole('button', { name: /^Add \d+ cards? to the board/ }).click()
  await expect(page.getByText(/on the board\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Generate tasks' }).first().click()
  if (writer) await page.getByRole('dialog', { name: 'Generate tasks' }).getByRole('button', { name: 'Propose tasks' }).click()
  await expect(page.getByText('One that was taken out before is left out.')).toBeVisible({ timeout: 180_000 })
  expect(await read()).not.toContain(unwanted)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  return titles
}

/** Starts an attempt on the card in sight; `who` is a model's name, or the built-in agent. */
export async function startAttempt(page: Page, who = 'Built-in'): Promise<void> {
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Start an attempt' })
  await choose(page, dialog, 'Who works', who)
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
}

/** A card on the board, by its title. */
export const card = (page: Page, title: string): Locator => page.getByRole('row').filter({ hasText: title })
/** The cards of a column. */
export const column = (page: Page, name: string): Locator => page.getByRole('region', { name: `Column ${name}` })

/** Writes a card by hand at the bottom of a column. */
export async function addCard(page: Page, columnName: string, title: string): Promise<void> {
  await page.getByRole('button', { name: `Add a card to ${columnName}` }).click()
  await page.getByLabel('Title of the new card').fill(title)
  await page.keyboard.press('Enter')
  await expect(column(page, columnName).getByText(title, { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
}

/** Moves a card by its menu. */
export async function moveByMenu(page: Page, title: string, to: string): Promise<void> {
  await card(page, title).hover()
  await card(page, title)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page
    .getByRole('menuitem', { name: to })
    .or(page.getByRole('menuitemradio', { name: to }))
    .first()
    .click()
}

/** The titles of a column's cards, from above. */
export const titlesIn = (page: Page, name: string): Promise<string[]> =>
  column(page, name).locator('[role=row][data-key] p').allTextContents()

/** Takes a card with the mouse and holds it over the top of a column. */
export async function hold(page: Page, title: string, over: string): Promise<void> {
  await column(page, over).scrollIntoViewIfNeeded()
  await card(page, title).scrollIntoViewIfNeeded()
  const [from, to] = [await card(page, title).boundingBox(), await column(page, over).getByRole('grid').boundingBox()]
  if (!from || !to) throw new Error(`There is no card ${title} to drag to ${over}.`)
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + 60, to.y + 8, { steps: 8 })
}

/** Drags a card to the top of a column. */
export async function drag(page: Page, title: string, to: string): Promise<void> {
  await hold(page, title, to)
  await page.mouse.up()
}

type Point = { x: number; y: number }

/** A finger on a touch screen, as the browser's own input events. */
export async function touch(
  page: Page,
): Promise<{ down: (at: Point) => Promise<void>; move: (at: Point) => Promise<void>; up: () => Promise<void> }> {
  const input = await page.context().newCDPSession(page)
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: Point) => {
    await input.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
  }
  return { down: (at) => send('touchStart', at), move: (at) => send('touchMove', at), up: () => send('touchEnd') }
}

/** The words beside the sync state. */
export const syncState = (page: Page): Locator => page.getByRole('status', { name: 'Sync state' }).first()

/** Waits for the first of its words: the sentence behind them may speak of the server too, to say that something is not there. */
export async function savedOnServer(page: Page): Promise<void> {
  await expect(syncState(page)).toHaveText(/^on the server/, { timeout: 120_000 })
}

export type NewModel = {
  name: string
  baseUrl: string
  modelName: string
  key: string
  contextWindow?: string
  takesPictures?: true
  prices?: { reading: string; writing: string }
}

/** Adds a model in the settings. */
export async function addModel(
  page: Page,
  { name, baseUrl, modelName, key, contextWindow, takesPictures, prices }: NewModel,
): Promise<void> {
  await toSettings(page, 'Models')
  await page.getByRole('button', { name: 'Add model' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add a model' })
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByLabel('Base URL').fill(baseUrl)
  await dialog.getByLabel('Model name').fill(modelName)
  await dialog.getByLabel('API key').fill(key)
  if (contextWindow) await dialog.getByLabel('Context window').fill(contextWindow)
  if (prices) {
    await dialog.getByLabel('Price of reading').fill(prices.reading)
    await dialog.getByLabel('Price of writing').fill(prices.writing)
  }
  if (takesPictures) await dialog.getByText(/^Looks at pictures/).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}
