import { expect, type Page } from '@playwright/test'
import * as Y from 'yjs'
import { runCommand } from '#domain/core/command.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { editTask } from '#domain/tasks/commands.ts'
import { RoomClient } from '../../bin/room-client.ts'
import type { Slipway } from '../harness/slipway.ts'
import { neighbour } from '../harness/story.ts'
import { findings } from './findings.ts'
import {
  addCard,
  card,
  choose,
  goTo,
  makeProject,
  openProject,
  PICTURE,
  savedOnServer,
  signIn,
  startInterview,
  topic,
  writePrompt,
} from './steps.ts'

const description = (page: Page) => page.getByRole('textbox', { name: 'Description' })

/** The text without the carets of others, which stand in it as elements. */
const written = (page: Page): Promise<string> =>
  description(page).evaluate((editor) => {
    const copy = editor.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.cm-ySelectionCaret')) caret.remove()
    return [...copy.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n')
  })

neighbour(
  'TOGETHER B14 B28 two people write one description and lose no keystroke, and its history tells who wrote what; a mention written offline is told once; undo takes back one’s own; blockers close no loop; of two titles set at once the other can be used; they answer different questions of one interview at once, one follows the other, and they save two versions of one prompt',
  async ({ slipway, owner: ada, person }) => {
    const bob = await person('Bob')
    const projectId = await makeProject(ada.page, 'Shop')
    await ada.page.getByRole('button', { name: 'Create one for me' }).click()
    await expect(ada.page.getByText('The repository is created and linked.')).toBeVisible()
    await goTo(ada.page, 'Board')
    await addCard(ada.page, 'Backlog', 'Pay by card')
    await addCard(ada.page, 'Backlog', 'Print a receipt')
    await savedOnServer(ada.page)
    const token = slipway.token('member', 'Robert at the till')
    await signIn(bob.page, `${slipway.url}/?token=${token}`)
    await openProject(bob.page, projectId)
    for (const { page } of [ada, bob]) {
      await card(page, 'Pay by card').click()
      await description(page).click()
    }
    await ada.page.keyboard.type('The sum is shown.')
    await expect(description(bob.page)).toContainText('The sum is shown.')
    // The name beside a caret: what tells whose it is.
    await expect(bob.page.locator('.cm-ySelectionInfo')).toHaveText(/\S/)
    await bob.page.keyboard.press('Control+End')
    await bob.page.keyboard.press('Enter')
    const caret = ada.page.locator('.cm-ySelectionInfo')
    await expect(caret).toHaveText('Robert at the till')
    const api = slipway.api(token)
    const memberId = (await api.session.me.query())?.member.id ?? ''
    await api.members.rename.mutate({ memberId, username: 'Bob' })
    await expect(caret, 'though his page does not know yet what he is called now').toHaveText('Bob')
    // His caret may be told before his line: what both write at one place stands in either order.
    await expect(description(ada.page).locator('.cm-line')).toHaveCount(2)

    const sentences = { ada: ' It is the one of the list, with tax.', bob: 'The receipt is printed, or sent.' }
    await Promise.all([ada.page.keyboard.type(sentences.ada, { delay: 15 }), bob.page.keyboard.type(sentences.bob, { delay: 15 })])
    for (const { page } of [ada, bob]) {
      await expect(description(page)).toContainText(`The sum is shown.${sentences.ada}`)
      await expect(description(page)).toContainText(sentences.bob)
    }
    expect(await written(ada.page)).toBe(await written(bob.page))
    await savedOnServer(ada.page)
    await savedOnServer(bob.page)

    // Undo in the text takes back one's own words there; on the page one's own last change, though a teammate changed more since.
    await choose(ada.page, ada.page.getByRole('region', { name: 'Fields' }).first(), 'Priority', 'High')
    await expect(bob.page.getByRole('button', { name: /Priority/ }).first()).toContainText('High')
    await bob.page.getByRole('textbox', { name: 'Title' }).fill('Pay by card or cash')
    await bob.page.keyboard.press('Enter')
    await expect(ada.page.getByRole('textbox', { name: 'Title' })).toHaveValue('Pay by card or cash')
    await description(ada.page).click()
    await ada.page.keyboard.press('ControlOrMeta+z')
    await expect(description(ada.page)).not.toContainText(sentences.ada)
    await expect(description(ada.page)).toContainText(sentences.bob)
    await expect(bob.page.getByRole('button', { name: /Priority/ }).first()).toContainText('High')
    await ada.page.keyboard.press('Escape')
    await ada.page.keyboard.press('ControlOrMeta+z')
    await expect(ada.page.getByText('Undone: the priority of “Pay by card or cash”.')).toBeVisible()
    await expect(bob.page.getByRole('button', { name: /Priority/ }).first()).toContainText('No priority')
    await expect(bob.page.getByRole('textbox', { name: 'Title' })).toHaveValue('Pay by card or cash')

    // What one lets the card wait for, the other sees, and cannot turn round into a loop.
    await ada.page.keyboard.press('b')
    await ada.page.keyboard.type('receipt')
    await expect(ada.page.getByRole('menuitem', { name: /Print a receipt/ })).toBeVisible()
    await ada.page.keyboard.press('Enter')
    await bob.page
      .getByRole('region', { name: 'Blocked by' })
      .getByRole('link', { name: /Print a receipt/ })
      .click()
    await expect(bob.page.getByRole('region', { name: 'Blocks' })).toContainText('Pay by card or cashready once this is done')
    await bob.page.keyboard.press('b')
    await bob.page.keyboard.type('cash')
    await bob.page.getByRole('menuitem', { name: /Pay by card or cash/ }).click()
    await expect(bob.page.getByRole('dialog').getByRole('alert')).toContainText(/Print a receipt” → SHOP\d*-1 “Pay by card or cash” → /)
    for (const _ of ['clears', 'closes']) await bob.page.keyboard.press('Escape')
    await expect(bob.page.getByRole('dialog')).toBeHidden()
    await bob.page.goBack()

    // A picture one adds is seen by the other.
    const comments = (page: Page) => page.getByRole('region', { name: 'Comments' })
    await comments(ada.page).locator('input[type=file]').setInputFiles({ name: 'till.png', mimeType: 'image/png', buffer: PICTURE })
    await expect(ada.page.getByLabel('New comment')).toHaveValue(/^!\[till\.png\]\(\/blobs\/[0-9a-f]{64}\)\n$/)
    // Words may come before their picture, and Bob's page would ask for it in vain first.
    await savedOnServer(ada.page)
    await ada.page.getByRole('button', { name: 'Comment', exact: true }).click()
    const shown = comments(bob.page).getByRole('img', { name: 'till.png' })
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)

    // A mention that was written offline an hour ago is told once it is here, and once: not again where the page is opened anew.
    await goTo(ada.page, 'Board')
    bob.expectsNetworkTrouble = true
    await bob.context.setOffline(true)
    await bob.page.evaluate(() => {
      const { now } = Date
      Date.now = () => now() - 3_600_000
    })
    const box = bob.page.getByRole('textbox', { name: 'New comment' })
    await box.pressSequentially('From the train, @')
    const owner = bob.page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: /Owner$/ })
    await expect(owner).toBeVisible()
    expect(await findings(bob.page, 'a comment that mentions somebody')).toEqual([])
    await owner.click()
    await box.pressSequentially('can you look?')
    const first = await box.inputValue()
    expect(first).toMatch(/^From the train, @\S.* can you look\?$/)
    await bob.page.keyboard.press('Control+Enter')
    await expect(comments(bob.page).getByRole('listitem').filter({ hasText: first })).toContainText('not yet on the server')
    await bob.context.setOffline(false)
    const told = (words: string | RegExp) => ada.page.getByText(words)
    await expect(told(/You were mentioned\. Bob: From the train/)).toBeVisible()
    await ada.page.reload()
    await expect(ada.page.getByRole('link', { name: /^Needs me, \d+ new/ }).first()).toBeVisible()
    await box.pressSequentially('From the desk, @')
    for (const key of ['ArrowDown', 'ArrowUp', 'Escape', 'Control+Enter']) await bob.page.keyboard.press(key)
    await expect(comments(bob.page)).toContainText('From the desk, @')
    await box.fill(first.replace('train', 'office'))
    await bob.page.keyboard.press('Control+Enter')
    await expect(told(/You were mentioned\. Bob: From the office/)).toBeVisible()
    expect(await told(/From the train/).count(), 'told before, and not again').toBe(0)
    await ada.page.keyboard.press('i')
    const mentions = ada.page.getByRole('list', { name: /^You were mentioned/ })
    await expect(mentions.getByRole('link')).toHaveCount(2)
    await mentions.getByRole('link', { name: /From the train/ }).click()
    await expect(comments(ada.page)).toContainText(first)
    await ada.page.keyboard.press('i')
    await expect(mentions).toBeHidden()
    await ada.page.goBack()

    // Both react to it with the same while one is offline: both count.
    await bob.context.setOffline(true)
    const reactions = (page: Page) =>
      comments(page).getByRole('listitem').filter({ hasText: first }).getByRole('group', { name: 'Reactions' })
    for (const { page } of [ada, bob]) {
      await reactions(page).getByRole('button', { name: 'React' }).click()
      await page.getByRole('menuitem', { name: 'Rocket' }).click()
      await expect(reactions(page).getByRole('button', { name: 'Rocket, 1: you', pressed: true })).toBeVisible()
    }
    await bob.context.setOffline(false)
    await expect(reactions(ada.page).getByRole('button', { name: 'Rocket, 2: Bob and you' })).toHaveText('🚀2')
    expect(await findings(ada.page, 'a comment with reactions')).toEqual([])
    await reactions(bob.page)
      .getByRole('button', { name: /^Rocket, 2: .* and you$/ })
      .click()
    await expect(reactions(ada.page).getByRole('button', { name: 'Rocket, 1: you' })).toBeVisible()

    // One writes other words into one's own comment, deletes it, and undoes that: its reactions are there again.
    const own = comments(bob.page).getByRole('listitem').filter({ hasText: 'From the train' })
    await expect(comments(ada.page).getByRole('button', { name: 'Delete' })).toHaveCount(1)
    await own.getByRole('button', { name: 'Edit' }).click()
    await bob.page.getByRole('textbox', { name: 'Your comment' }).press('End')
    await bob.page.keyboard.type(' Today?')
    await bob.page.keyboard.press('Control+Enter')
    const changed = comments(ada.page)
      .getByRole('listitem')
      .filter({ hasText: `${first} Today?` })
    await expect(changed).toContainText('edited')
    const desk = bob.page.viewportSize() ?? { width: 1280, height: 800 }
    await bob.page.setViewportSize({ width: 390, height: 844 })
    await own.getByRole('button', { name: 'Delete' }).click()
    await expect(changed).toBeHidden()
    const toast = await bob.page.locator('[data-sonner-toast]').filter({ hasText: 'The comment is deleted.' }).boundingBox()
    expect((toast?.y ?? 844) + (toast?.height ?? 0), 'on a phone it lies over the title, and over no field').toBeLessThan(96)
    await bob.page.getByRole('button', { name: 'Undo', exact: true }).click()
    await bob.page.setViewportSize(desk)
    await expect(changed.getByRole('button', { name: 'Rocket, 1: you' })).toBeVisible()

    // Two titles set at once: one stands everywhere, the other is in the card's history, and a press sets it.
    const train = await onATrain(slipway, projectId, 'Pay on the train')
    await ada.page.getByRole('textbox', { name: 'Title' }).fill('Pay at the desk')
    await ada.page.keyboard.press('Enter')
    await savedOnServer(ada.page)
    await train.arrive()
    await ada.page.getByRole('tab', { name: 'Timeline' }).click()
    const timeline = ada.page.getByRole('list', { name: 'Timeline' })
    await expect(timeline).toContainText(/set the title to “Pay (at the desk|on the train)”/)
    // What Bob typed is in it once, apart from what Ada typed between and undid.
    const typed = timeline.getByRole('listitem').filter({ hasText: 'Bob changed the description' })
    await typed.getByRole('button', { name: 'Show the words' }).click()
    await expect(typed.getByRole('insertion')).toHaveText(sentences.bob)
    await expect(typed.getByRole('deletion')).toHaveCount(0)
    expect(await findings(ada.page, 'words of a change')).toEqual([])
    const lost = /set the title to “(Pay [a-z ]+)”/.exec((await timeline.textContent()) ?? '')?.[1] ?? ''
    const standing = lost === 'Pay at the desk' ? 'Pay on the train' : 'Pay at the desk'
    for (const { page } of [ada, bob]) await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(standing)
    await goTo(bob.page, 'History')
    await expect(bob.page.getByRole('region', { name: 'Set at the same time' })).toContainText(`set the title to “${lost}”`)
    await bob.page.getByRole('button', { name: 'Use this instead' }).click()
    await expect(ada.page.getByRole('textbox', { name: 'Title' })).toHaveValue(lost)
    await expect(timeline).not.toContainText(/set the title to/)
    await expect(timeline).toContainText(`Bob changed the title from “${standing}” to “${lost}”`)
    train.close()
    await answerTogether(ada.page, bob.page)
    await followEachOther(ada.page, bob.page)
    await writePromptTogether(ada.page, bob.page)
  },
)

/** R3: each writes into a draft of their own; saved at once they are two versions of the same one, and both texts are there. */
async function writePromptTogether(ada: Page, bob: Page): Promise<void> {
  await writePrompt(ada, 'Till', 'Build a till.')
  await goTo(bob, 'Prompts')
  await bob.getByRole('link', { name: /Till/ }).first().click()
  const text = (page: Page) => page.getByRole('textbox', { name: 'Text' })
  const added = new Map([
    [ada, ' It adds up.'],
    [bob, ' It prints.'],
  ])
  for (const [page, words] of added) {
    await text(page).click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type(words)
  }
  await Promise.all([...added.keys()].map((page) => page.keyboard.press('ControlOrMeta+Enter')))
  for (const [page, words] of added) {
    await expect(page.getByText('Saved as version 2.')).toBeVisible()
    await expect(text(page)).toHaveText(`Build a till.${words}`)
    await page.getByRole('tab', { name: /^Versions/ }).click()
    const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem')
    await expect(versions).toHaveText([/^Version 2newest of its branch/, /^Version 2newest of its branch/, /^Version 1/])
    await expect(versions.filter({ hasText: 'Bob' })).toHaveCount(1)
  }
  await ada.getByRole('list', { name: 'Versions' }).getByRole('listitem').filter({ hasText: 'Bob' }).getByRole('link').click()
  await expect(text(ada)).toHaveText('Build a till. It prints.')
  await ada.getByRole('tab', { name: /^Versions/ }).click()
  await ada.getByRole('list', { name: 'Versions' }).getByRole('link', { name: 'Version 1' }).click()
  const newer = ada.getByRole('status').filter({ hasText: 'There is a newer version' })
  await expect(newer.getByRole('link', { name: /^Till v2 by / }), 'the one before leads to both').toHaveCount(2)
}

/** S3: Ada’s page goes where Bob goes, to the card he points at too, until she does something herself. */
async function followEachOther(ada: Page, bob: Page): Promise<void> {
  const following = ada.getByRole('status').filter({ hasText: 'Following Bob' })
  const faces = ada.getByRole('complementary', { name: 'Sidebar' })
  await goTo(ada, 'History')
  await faces.getByRole('button', { name: 'Follow Bob' }).click()
  await expect(following).toBeVisible()
  await expect(asked(ada, /^What will people see/), 'where he is').toBeVisible()
  expect(await findings(ada, 'a page that follows somebody')).toEqual([])
  await goTo(bob, 'Board')
  await card(bob, 'Print a receipt').hover()
  await expect(card(ada, 'Print a receipt')).toHaveCSS('outline-style', 'solid')
  await card(bob, 'Print a receipt').click()
  await expect(ada.getByRole('textbox', { name: 'Title' })).toHaveValue('Print a receipt')
  await ada.keyboard.press('Escape')
  await expect(following).toBeHidden()
  await expect(ada.getByRole('textbox', { name: 'Title' }), 'Escape did nothing else').toHaveValue('Print a receipt')

  await faces.getByRole('button', { name: 'Follow Bob' }).click()
  await expect(following).toBeVisible()
  await goTo(bob, 'Prompts')
  await expect(ada.getByRole('heading', { level: 1, name: 'Prompts' })).toBeVisible()
  await goTo(ada, 'History')
  await expect(following).toBeHidden()
  await goTo(bob, 'Settings')
  await expect(ada.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
}

const asked = (page: Page, words: RegExp) => page.getByRole('heading', { level: 2, name: words })

/** I11 I1: one is asked the list's question and answers by keys alone, the other picks another topic; what has ended is reopened, and both is told. */
async function answerTogether(ada: Page, bob: Page): Promise<void> {
  await startInterview(ada, 'A till for the bakery')
  await goTo(bob, 'Interviews')
  await bob.getByRole('link', { name: /A till for the bakery/ }).click()
  await bob.getByRole('button', { name: 'Answer Limits now' }).click()
  const limits = bob.getByRole('heading', { name: /^What limits are given/ })
  await expect(limits).toBeFocused()
  await expect(topic(ada, 'Limits')).toContainText('Bob is answering')
  await expect(asked(ada, /^What should exist/), 'nobody else is asked what he picked').toBeVisible()

  await ada.keyboard.press('2')
  await ada.keyboard.press('Enter')
  await expect(asked(ada, /^Who will use it/)).toBeFocused()
  await bob.keyboard.press('e')
  await bob.keyboard.type('It must work on phones, at the oven.')
  await ada.keyboard.press('e')
  await ada.keyboard.type('The bakers.')
  await Promise.all([ada.keyboard.press('Enter'), bob.keyboard.press('Enter')])
  await expect(asked(ada, /^What does it have to remember/)).toBeFocused()
  await ada.keyboard.press('d')
  await expect(topic(ada, 'Data')).toContainText('assumed')
  for (const page of [ada, bob]) {
    await expect(topic(page, 'Limits')).toContainText('answered')
    const said = page.getByRole('list', { name: 'Conversation' }).getByRole('listitem')
    await expect(said.filter({ hasText: 'It must work on phones, at the oven.' })).toHaveText(/^.?Bob/)
    await expect(said.filter({ hasText: 'A new product from nothing' })).not.toContainText('Bob')
    await expect(page.getByRole('region', { name: /^What will people see/ }), 'both go on with the same one').toBeVisible()
  }

  await ada.getByRole('button', { name: 'Finish', exact: true }).click()
  await expect(bob.getByText(/Completed by .* takes no more messages/)).toBeVisible()
  await bob.getByRole('button', { name: 'Reopen' }).click()
  await expect(asked(ada, /^What will people see/)).toBeVisible()
  const told = bob.getByRole('list', { name: 'Conversation' }).getByRole('listitem').filter({ hasText: 'this interview' })
  await expect(told).toHaveText([/^\S.* finished this interview · /, /^Bob reopened this interview · /])
}

/** Somebody who sets the first card's title without a connection, from what the server has now, and whose device is connected again later. */
async function onATrain(slipway: Slipway, projectId: string, title: string): Promise<{ arrive: () => Promise<void>; close: () => void }> {
  const client = new RoomClient({ url: slipway.url, room: projectRoom(projectId), token: slipway.token('member', 'Carol') })
  await client.settled()
  const device = new Y.Doc()
  Y.applyUpdate(device, Y.encodeStateAsUpdate(client.doc))
  const [taskId] = device.getMap('tasks').keys()
  const world = { now: Date.now(), actor: 'Carol', newId: () => '', random: Math.random }
  runCommand(editTask, () => device, world, { projectId, taskId, patch: { title } })
  return {
    arrive: async () => {
      Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(device))
      await client.settled()
    },
    close: () => client.close(),
  }
}
