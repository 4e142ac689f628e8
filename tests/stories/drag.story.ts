import { expect, type Page } from '@playwright/test'
import { neighbour, type Person } from '../harness/story.ts'
import {
  addCard,
  card,
  column,
  drag,
  goTo,
  hold,
  makeProject,
  moveByMenu,
  openProject,
  savedOnServer,
  signIn,
  titlesIn,
  touch,
} from './steps.ts'

const SHARED = { timeout: 120_000 }

/** A board with three cards in Backlog and one in To do. */
async function boardOf(page: Page): Promise<string> {
  const projectId = await makeProject(page, 'Shop')
  await goTo(page, 'Board')
  for (const title of ['One', 'Two', 'Three']) await addCard(page, 'Backlog', title)
  await addCard(page, 'To do', 'Four')
  return projectId
}

const line = (page: Page) => page.locator('[data-drop-line]')
const spoken = (page: Page) => page.locator('[data-spoken]')

neighbour('B3 B12 DRAG-1 the mouse drags cards and columns; Escape puts them back; a click opens', async ({ owner: { page } }) => {
  await boardOf(page)
  // Taking the sheet away makes the browser look for what the pointer is over, which must not happen before the drop is painted.
  const sheet = page.locator('.cursor-grabbing')
  const sheetsAtDrop = page.evaluate(
    () =>
      new Promise((tell) =>
        addEventListener('mouseup', () => tell(document.querySelectorAll('.cursor-grabbing').length), { once: true, capture: true }),
      ),
  )
  await drag(page, 'One', 'To do')
  expect(await sheetsAtDrop).toBe(1)
  await expect(sheet).toHaveCount(0)
  await expect.poll(() => titlesIn(page, 'To do')).toEqual(['One', 'Four'])
  await drag(page, 'Three', 'Backlog')
  await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Three', 'Two'])

  await hold(page, 'Two', 'To do')
  await expect(line(page)).toHaveCount(1)
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('')
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(line(page)).toHaveCount(0)
  expect(await titlesIn(page, 'Backlog')).toEqual(['Three', 'Two'])
  await expect(page, 'a drag is no click').toHaveURL(/\/projects\/[^/]+$/)

  // Let go where the page was not told, over a menu of the browser's own.
  await hold(page, 'Two', 'To do')
  await page.evaluate(() => window.dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, buttons: 0, clientX: 400, clientY: 300 })))
  await expect(line(page)).toHaveCount(0)
  await page.mouse.up()
  expect(await titlesIn(page, 'Backlog')).toEqual(['Three', 'Two'])

  await hold(page, 'Two', 'Done')
  await page.mouse.up()
  await expect(page.getByText("A card in backlog can't go to done. From backlog it can go to todo or cancelled.")).toBeVisible()
  expect(await titlesIn(page, 'Backlog')).toEqual(['Three', 'Two'])

  // A column of one's own: its cards have the status it stands for, wherever it stands.
  await page.getByRole('button', { name: 'Add column' }).click()
  const dialog = page.getByRole('dialog', { name: 'New column' })
  await expect(dialog.getByLabel('Name')).toBeFocused()
  await page.keyboard.type('QA')
  await page.keyboard.press('Enter')
  const order = () => page.getByRole('heading', { level: 2 }).allTextContents()
  await expect.poll(order).toEqual(['Backlog', 'To do', 'In progress', 'Review', 'Done', 'QA'])
  await dragColumn(page, 'QA', 'Review')
  await expect.poll(order).toEqual(['Backlog', 'To do', 'In progress', 'QA', 'Review', 'Done'])
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByText('Undone: moving “QA”.')).toBeVisible()
  await expect.poll(order).toEqual(['Backlog', 'To do', 'In progress', 'Review', 'Done', 'QA'])
  await page.getByRole('button', { name: 'Options of QA' }).click()
  await page.getByRole('menuitem', { name: 'Move left' }).click()
  await expect.poll(order).toEqual(['Backlog', 'To do', 'In progress', 'Review', 'QA', 'Done'])
  await expect(spoken(page)).toHaveText('QA stands before Done now.')
  await expect(page.getByRole('button', { name: 'Options of QA' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByLabel('What do you want to do or find?').fill('column QA left')
  await page.keyboard.press('Enter')
  await expect.poll(order).toEqual(['Backlog', 'To do', 'In progress', 'QA', 'Review', 'Done'])
  await addCard(page, 'Review', 'Five')
  await moveByMenu(page, 'Five', 'QA')
  await expect.poll(() => titlesIn(page, 'QA')).toEqual(['Five'])

  // What waits for a card is said where the card is done; and its title can be another one without its page.
  await card(page, 'Two').click()
  await page.waitForURL(/\/tasks\//)
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Two')
  await page.keyboard.press('b')
  await page.getByRole('dialog').getByRole('searchbox').fill('five')
  await page.getByRole('menuitem', { name: /Five/ }).click()
  await expect(page.getByRole('region', { name: 'Blocked by' })).toContainText('Five')
  await goTo(page, 'Board')
  await moveByMenu(page, 'Five', 'Done')
  await expect(page.getByText(/^\w+-5 moved to Done\. \w+-2 can begin now\.$/)).toBeVisible()
  await expect.poll(() => titlesIn(page, 'Done'), 'what may follow review may follow QA').toEqual(['Five'])

  const title = page.getByLabel(/^Title of/)
  await card(page, 'Four').press('r')
  await title.fill('Nought')
  await title.press('Escape')
  await expect(card(page, 'Four')).toBeFocused()
  await page.keyboard.press('r')
  await title.fill('')
  await title.press('Enter')
  await expect(page.getByText('A card needs a title.')).toBeVisible()
  await title.fill('Fourth')
  await title.press('Enter')
  await expect(card(page, 'Fourth')).toBeFocused()
  await page.keyboard.press('v')
  await card(page, 'Fourth')
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.keyboard.type('Last')
  await page.getByRole('heading', { level: 1 }).click()
  await expect(card(page, 'Last'), 'going elsewhere keeps it').toBeVisible()
  await savedOnServer(page)
})

/** Drags a column by its head to the left of another one; Escape on the way puts it back. */
async function dragColumn(page: Page, name: string, before: string): Promise<void> {
  const boxOf = async (column: string) => {
    const box = await page.getByRole('heading', { name: column, level: 2 }).boundingBox()
    if (!box) throw new Error(`There is no column ${column}.`)
    return { x: box.x + 6, y: box.y + box.height / 2 }
  }
  await page.getByRole('heading', { name, level: 2 }).scrollIntoViewIfNeeded()
  for (const end of ['Escape', 'drop'] as const) {
    const [from, to] = [await boxOf(name), await boxOf(before)]
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 4 })
    await expect(page.locator('[data-column-line]')).toBeVisible()
    if (end === 'Escape') await page.keyboard.press('Escape')
    await page.mouse.up()
    await expect(page.locator('[data-column-line]')).toHaveCount(0)
  }
}

neighbour('DRAG-2 a card goes where the keys lead it, and every step is said', async ({ owner: { page } }) => {
  await boardOf(page)
  await card(page, 'One').focus()
  await page.keyboard.press('ArrowDown')
  await expect(card(page, 'Two')).toBeFocused()
  await expect(card(page, 'Two')).toHaveAccessibleDescription(/Space picks the card up/)
  await page.keyboard.press('j')
  await expect(card(page, 'Three')).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await expect(spoken(page)).toHaveText(/^\w+-1 picked up, place 1 of 3 in Backlog\. Arrows move, Space drops, Escape cancels\.$/)
  await page.keyboard.press('ArrowDown')
  await expect(spoken(page)).toHaveText('Place 2 of 3 in Backlog.')
  await expect(line(page)).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(spoken(page)).toHaveText(/put back\.$/)
  await page.keyboard.press('Space')
  await expect(spoken(page)).toHaveText(/picked up/)
  await page.evaluate(() => window.dispatchEvent(new Event('blur')))
  await expect(spoken(page), 'who looks elsewhere has put it back').toHaveText(/put back\.$/)
  expect(await titlesIn(page, 'Backlog')).toEqual(['One', 'Two', 'Three'])

  for (const key of ['Space', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key)
  await expect(spoken(page)).toHaveText('Place 2 of 2 in To do.')
  await page.keyboard.press('Enter')
  await expect.poll(() => titlesIn(page, 'To do')).toEqual(['Four', 'One'])
  await expect(card(page, 'One'), 'the keyboard goes along').toBeFocused()
  await expect(spoken(page)).toHaveText(/dropped, place 2 of 2 in To do\.$/)
  await page.keyboard.press('h')
  await expect(card(page, 'Three')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: /^Actions for/ }).and(page.locator(':focus'))).toHaveCount(1)

  await card(page, 'Three').focus()
  for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key)
  await expect(page.getByText(/^A card in backlog can't go to in.progress\./)).toBeVisible()
  await expect(card(page, 'Three')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/tasks\//)
})

neighbour('DRAG-3 a finger that stays lifts the card, one that moves scrolls', async ({ slipway, person }) => {
  const { page } = await person('Tom', { hasTouch: true, viewport: { width: 1000, height: 500 } })
  await signIn(page, slipway.signInUrl)
  await boardOf(page)
  for (const title of ['Five', 'Six', 'Seven']) await addCard(page, 'Backlog', title)
  const finger = await touch(page)
  const list = column(page, 'Backlog').getByRole('grid')
  /** Scrolls to the top and sees it stay there: a finger that has gone may leave a list gliding. */
  const restAtTop = () =>
    expect
      .poll(() =>
        list.evaluate(async (element) => {
          element.scrollTo(0, 0)
          for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame)
          return element.scrollTop
        }),
      )
      .toBe(0)
  await restAtTop()
  const middleOf = async (title: string) => {
    const { x = 0, y = 0, width = 0, height = 0 } = (await card(page, title).boundingBox()) ?? {}
    return { x: x + width / 2, y: y + height / 2 }
  }
  const three = await middleOf('Three')
  await finger.down(three)
  for (let step = 1; step <= 8; step++) await finger.move({ x: three.x, y: three.y - step * 20 })
  await finger.up()
  await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(50)
  await expect(line(page)).toHaveCount(0)

  await restAtTop()
  const two = await middleOf('Two')
  const four = await middleOf('Four')
  await finger.down(two)
  await expect(page.locator('.cursor-grabbing'), 'lifted').toHaveCount(1)
  for (let step = 1; step <= 8; step++)
    await finger.move({ x: two.x + ((four.x - two.x) * step) / 8, y: two.y + ((four.y - 30 - two.y) * step) / 8 })
  await expect(line(page)).toHaveCount(1)
  await finger.up()
  await expect.poll(() => titlesIn(page, 'To do')).toEqual(['Two', 'Four'])

  await restAtTop()
  const end = (await list.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const bottom = { x: end.x + end.width / 2, y: end.y + end.height - 4 }
  await finger.down(await middleOf('One'))
  await expect(page.locator('.cursor-grabbing'), 'lifted').toHaveCount(1)
  await finger.move({ x: bottom.x, y: bottom.y - 60 })
  await finger.move(bottom)
  await expect.poll(() => list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)).toBeLessThan(2)
  await finger.up()
  await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Three', 'Five', 'Six', 'Seven', 'One'])
  await card(page, 'Two').tap()
  await page.waitForURL(/\/tasks\//)
})

neighbour('DRAG-4 somebody else moves or deletes the card that is in hand', async ({ slipway, owner: ada, person }) => {
  const bob = await person('Bob')
  const projectId = await boardOf(ada.page)
  await savedOnServer(ada.page)
  await signIn(bob.page, `${slipway.url}/?token=${slipway.token('member', 'Bob')}`)
  await openProject(bob.page, projectId)
  await expect(card(bob.page, 'Four')).toBeVisible(SHARED)

  await hold(ada.page, 'One', 'To do')
  await drag(bob.page, 'One', 'To do')
  await expect(column(ada.page, 'To do').getByText('One', { exact: true })).toBeVisible(SHARED)
  await expect(line(ada.page), 'the hand still holds it').toHaveCount(0)
  await letGoOver(ada, 'Backlog')
  await expect.poll(() => titlesIn(ada.page, 'Backlog')).toEqual(['One', 'Two', 'Three'])
  await expect.poll(() => titlesIn(bob.page, 'Backlog'), SHARED).toEqual(['One', 'Two', 'Three'])

  await hold(ada.page, 'Two', 'To do')
  await remove(bob.page, 'Two')
  await expect(ada.page.getByText('That card is gone. Somebody deleted it while it was being dragged.')).toBeVisible(SHARED)
  await expect(line(ada.page)).toHaveCount(0)
  await ada.page.mouse.up()
  expect(await titlesIn(ada.page, 'To do')).toEqual(['Four'])
  expect(await titlesIn(ada.page, 'Backlog')).toEqual(['One', 'Three'])

  await card(ada.page, 'One').focus()
  await remove(bob.page, 'One')
  await expect(card(ada.page, 'Three'), 'the keyboard stays where the card was').toBeFocused()
})

/** Lets go at the top of a column what the mouse holds. */
async function letGoOver({ page }: Person, to: string): Promise<void> {
  const { x = 0, y = 0 } = (await column(page, to).getByRole('grid').boundingBox()) ?? {}
  await page.mouse.move(x + 60, y + 8, { steps: 5 })
  await page.mouse.up()
}

async function remove(page: Page, title: string): Promise<void> {
  await card(page, title).hover()
  await card(page, title)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete card' }).click()
}
