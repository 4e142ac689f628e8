import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import { TOPICS } from '#domain/interviews/schema.ts'
import type { TestRepository } from '../fakes/git-repository.ts'
import type { Slipway } from '../harness/slipway.ts'
import { type Person, story } from '../harness/story.ts'
import { findings } from './findings.ts'
import {
  acceptPrompts,
  addCard,
  addProposedCards,
  card,
  column,
  drag,
  goTo,
  holdInterview,
  linkRepository,
  makeProject,
  moveByMenu,
  NOTES,
  savedOnServer,
  signIn,
  startInterview,
  syncState,
  topic,
  toSettings,
} from './steps.ts'

export type Cast = { slipway: Slipway; ada: Person; bob: Person; repo: TestRepository }
/** Who asks, proposes and works: a model's display name, or nobody but the built-in agent. */
export type Agent = {
  model: string | undefined
  answers: readonly string[]
  /** The requirements of which the answers say that there is nothing. */
  saysNothing: readonly RegExp[]
  /** What a prompt is checked by, and the answer it came from. */
  criterion: { text: string; from: string }
}

const SHARED = { timeout: 120_000 }

/** Opens the file that was an answer. */
async function readNotes(page: Page): Promise<void> {
  await page.getByRole('button', { name: `notes.md ${NOTES.length} bytes` }).click()
  const dialog = page.getByRole('dialog', { name: 'notes.md' })
  await expect(dialog.getByText('Coffee for all.')).toBeVisible()
  const [saved] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('link', { name: 'Download' }).click()])
  expect(saved.suggestedFilename()).toBe('notes.md')
  expect(readFileSync(await saved.path(), 'utf8')).toBe(NOTES)
  await page.keyboard.press('Escape')
}

/** The main job, from an empty Slipway to a merged commit, in two browsers, with the server gone for a while. */
export async function mainJob({ slipway, ada, bob, repo }: Cast, { model, answers, saysNothing, criterion }: Agent): Promise<void> {
  const page = ada.page
  const before = checkout(repo)
  let titles: string[] = []

  await story.step('make a project and link a real repository', async () => {
    await expect(page.getByRole('button', { name: 'Make the first project' })).toBeVisible()
    await makeProject(page, 'Corner shop')
    await linkRepository(page, repo.path)
  })

  await story.step('hold the interview and finish it', async () => {
    await startInterview(page, 'Paying at the counter', model)
    await holdInterview(page, answers)
    await expect(page.getByRole('list', { name: 'Topics' }).getByText('open', { exact: true })).toHaveCount(0)
    if (model) {
      await expect(page.getByRole('heading', { level: 2 }).locator('code'), 'a name of a file looks like one').toHaveText('README.md')
      await readNotes(page)
    } else await changeAnswer(page, answers[1] ?? '')
    if (!model) await expect(topic(page, 'Risks')).toContainText('assumed')
    const requirements = page.getByRole('region', { name: 'Requirements sheet' }).locator('dl > div')
    await expect(requirements).toHaveCount(TOPICS.length)
    const unchecked = requirements.filter({ hasNot: page.locator('dd:has(svg) a[href^="#message-"]') })
    await expect(unchecked, 'each has something to check, but for an answer that there is nothing').toHaveText(saysNothing)
    await page.getByRole('button', { name: 'Finish', exact: true }).first().click()
    await expect(page.getByText(/Completed by/)).toBeVisible()
    if (!model) await onPhone(page, () => expect(page.getByRole('button', { name: 'Generate prompts' }).first()).toBeInViewport())
  })

  await story.step('accept prompts one by one', async () => {
    expect(await acceptPrompts(page, model)).toBeGreaterThan(1)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await page.getByRole('tab', { name: /^Done when/ }).click()
    const criteria = page.getByRole('list', { name: 'Criteria' }).getByRole('listitem')
    await criteria.filter({ hasText: criterion.text }).getByRole('link', { name: 'answer' }).click()
    await page.waitForURL(/#message-/)
    const answer = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`)
    await expect(answer).toContainText(criterion.from)
    await expect(answer).toBeInViewport()
    await page.goBack()
  })

  await story.step('put cards on the board', async () => {
    titles = await addProposedCards(page, model)
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.length).toBeLessThanOrEqual(7)
    await page.getByRole('button', { name: 'Go to the board' }).click()
    for (const title of titles) await expect(card(page, title)).toBeVisible()
    await addCard(page, 'Backlog', 'Written by hand')
    await pasteCards(page, model)
  })

  await story.step('a second person comes by a link and sees it all', async () => {
    await bob.page.goto(await invite(page, 'Robert'))
    await bob.page.getByRole('button', { name: 'Accept' }).click()
    await nameTeam(page, bob.page)
    await takeName(bob.page, 'Bob')
    await goTo(bob.page, 'Projects')
    await bob.page.getByRole('link', { name: /Corner shop/ }).click({ timeout: 180_000 })
    await expect(card(bob.page, 'Written by hand')).toBeVisible({ timeout: 180_000 })
    await goTo(page, 'Board')
    await expect(
      page
        .getByText('Bob')
        .or(page.getByRole('img', { name: /Bob/ }))
        .first(),
    ).toBeAttached(SHARED)
  })

  await story.step('what one does, the other sees', async () => {
    await moveByMenu(page, 'Written by hand', 'To do')
    await expect(column(bob.page, 'To do').getByText('Written by hand')).toBeVisible(SHARED)
    await drag(bob.page, 'Written by hand', 'Backlog')
    await expect(column(page, 'Backlog').getByText('Written by hand')).toBeVisible(SHARED)
  })

  await story.step('with the server gone both go on; a reload works; all is there when it returns', async () => {
    // Bob too: Ada sees what he did before he hears that it is kept.
    for (const each of [page, bob.page]) await savedOnServer(each)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
    ada.expectsNetworkTrouble = true
    bob.expectsNetworkTrouble = true
    await slipway.stop('server')
    await expect(syncState(page)).toContainText('offline', SHARED)
    await addCard(page, 'Backlog', 'Ada, offline')
    await addCard(bob.page, 'Backlog', 'Bob, offline')
    await expect(syncState(page)).toHaveText(/^on this device/)
    await goTo(bob.page, 'Settings')
    await bob.page.getByRole('link', { name: 'About' }).click()
    const saved = bob.page.waitForEvent('download')
    await bob.page.getByRole('button', { name: 'Save unsent changes as a file' }).click()
    const file = await (await saved).path()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ by: 'Bob', changes: [{ room: expect.stringMatching(/^project/) }] })
    await bob.page.locator('input[type=file]').setInputFiles(file)
    await expect(bob.page.getByText('The changes of Bob are back. They are sent like any other.')).toBeVisible()
    await goTo(bob.page, 'Board')
    await page.reload()
    await expect(card(page, 'Ada, offline')).toBeVisible({ timeout: 180_000 })
    await slipway.startServer()
    await expect(card(page, 'Bob, offline')).toBeVisible({ timeout: 180_000 })
    await expect(card(bob.page, 'Ada, offline')).toBeVisible({ timeout: 180_000 })
    await savedOnServer(page)
    await savedOnServer(bob.page)
    for (const each of [page, bob.page])
      await expect.poll(() => numbersOf(each, / offline$/), 'both had the next number').toEqual([true, 2])
    ada.expectsNetworkTrouble = false
    bob.expectsNetworkTrouble = false
  })

  const title = titles[0] ?? ''
  await story.step('start a card and watch it', async () => {
    await card(page, title).click()
    await page.waitForURL(/\/tasks\//)
    if (!model) {
      await writePlan(page)
      await sayBeforehand(page)
    }
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Start an attempt' })
    await expect(dialog.getByRole('button', { name: /Who works/ })).toContainText(model ?? 'Built-in')
    if (!model) await startLater(page, bob.page, title)
    await dialog.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(page.getByRole('region', { name: 'Attempt 1' }).getByText('succeeded')).toBeVisible({ timeout: 120_000 })
    expect(checkout(repo), 'nothing touched the person’s own files').toBe(before)
    await page.getByRole('tab', { name: /Chat/ }).click()
    await expect(page.getByRole('log', { name: 'Conversation' }).getByRole('article').first()).toBeVisible()
    if (!model) await expect(page.getByRole('log', { name: 'Conversation' }).getByRole('article').first()).toContainText('Mind the tills.')
    if (model) await readCost(page, bob.page, title)
    else await readTold(page)
    await page.getByRole('tab', { name: /Log/ }).click()
    await expect(page.getByLabel('Output')).not.toBeEmpty()
    await expect(column(bob.page, 'Review').getByText(title, { exact: true }).first()).toBeVisible(SHARED)
  })

  await story.step('read the diff and the commit', async () => {
    await page.getByRole('tab', { name: /Diff/ }).click()
    await expect(page.getByRole('region', { name: 'Changes' }).or(page.getByLabel('Changes')).first()).toContainText('+')
    if (model) await readLooks(ada)
    else await review(page, bob.page, title)
    await page.getByRole('tab', { name: /Commits/ }).click()
    const made = page.getByRole('list', { name: 'Commits' })
    await expect(made).toContainText(/^(feat|docs|chore|fix)/)
    await expect(made, 'its type stands before it, once').not.toContainText(/(feat|docs|chore|fix)(\(.+\))?:/)
  })

  await story.step('merge, and the card is done', async () => {
    await page.getByRole('tab', { name: /Timeline/ }).click()
    const timeline = page.getByRole('list', { name: 'Timeline' })
    await expect(timeline, 'of people').toContainText('moved the card from “Backlog” to “In progress”')
    await expect(timeline, 'of agents').toContainText(`${model ?? 'Built-in'} finished the attempt`)
    await expect(timeline, 'of what happens by itself').toContainText('Slipway moved the card from “In progress” to “Review”')
    await page.getByRole('button', { name: 'Merge…' }).click()
    const asked = page.getByRole('alertdialog')
    await expect(asked.getByRole('region', { name: 'Not ticked' }), 'nobody has ticked what the card is done when').toContainText(
      'not ticked',
    )
    await expect(asked).toContainText('The card does not go to “Done” before all is ticked, or somebody says why it is done without.')
    await asked.getByRole('button', { name: 'Merge', exact: true }).click()
    await expect(page.getByText(/merged into main/).first()).toBeVisible({ timeout: 180_000 })
    await callDone(page)
    if (model) await expect(page.getByRole('region', { name: 'Blocks' })).toContainText('can begin')
    await expect(column(bob.page, 'Done').getByText(title, { exact: true }).first()).toBeVisible(SHARED)
    await page.getByRole('tab', { name: /^Description/ }).click()
    await readResult(page, model)
    await expect(page.getByLabel('New subtask'), 'no merge waits any more').toHaveAttribute('placeholder', 'Add a subtask')
  })

  if (!model) {
    // Without a model the agent writes down what it was given.
    const said = repo.git('grep', '-h', '-A2', '## Said beforehand', 'main', '--', 'docs/specs')
    expect(said, 'what was written before there was an attempt').toContain('> Mind the tills.')
    const given = repo.git('grep', '-h', '-A3', 'revision 1, approved by', 'main', '--', 'docs/specs')
    expect(given, 'what was approved, and not what was being typed').toMatch(
      /^> Plan \(revision 1, approved by .+\):\n>\s*\n> First the list, then the sum\.$/m,
    )
    expect(given).not.toContain('And a third thing?')
  }
  const log = repo.git('log', '--format=%s', 'main')
  expect(log).toMatch(/(feat|docs|chore|fix)(\(.+\))?: /)
  expect(repo.git('fsck', '--no-dangling')).toBe('')
  expect(repo.git('status', '--porcelain'), 'the person’s folder is clean').toBe('')
}

/** R10: what the attempt was told is read to the letter, also when its prompt reads otherwise by then. */
async function readTold(page: Person['page']): Promise<void> {
  const attempt = page.getByRole('region', { name: 'Attempt 1' })
  const dialog = page.getByRole('dialog', { name: 'What attempt 1 was told' })
  const text = dialog.getByRole('region', { name: 'The exact text' })
  await attempt.getByRole('button', { name: 'What it was told' }).click()
  await expect(text).toContainText('First the list, then the sum.')
  await expect(dialog).toContainText('Exactly as it was told, to the letter')
  await expect(dialog).toContainText('The prompt has no newer version.')
  const before = await text.textContent()
  expect(await findings(page, 'What an attempt was told')).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await page.getByRole('button', { name: 'Edit the prompt' }).click()
  const editing = page.getByRole('dialog', { name: /^Edit .+ v1$/ })
  await editing.getByLabel('Text').fill('Something else.')
  await editing.getByRole('button', { name: 'Save as v2' }).click()
  await page
    .getByRole('dialog', { name: /^Saved as v2/ })
    .getByRole('button', { name: 'All keep v1' })
    .click()
  await attempt.getByRole('button', { name: 'What it was told' }).press('Enter')
  await expect(dialog).toContainText(/There is a newer version since: .+ v2\./)
  expect(await text.textContent(), 'to the letter').toBe(before)
  await dialog.getByRole('button', { name: 'Compare' }).click()
  const compared = page.getByRole('dialog', { name: 'Compare versions' })
  await expect(compared.getByRole('insertion').first()).toContainText('Something else')
  await compared.getByRole('button', { name: 'Close' }).last().click()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
}

/** B24: beside what the agent says stands what the record knows: which files it changed, and how what checked them ended. */
async function readResult(page: Person['page'], model: string | undefined): Promise<void> {
  const result = page.getByRole('region', { name: 'Result' })
  const files = result.getByRole('list', { name: 'Files changed' }).getByRole('listitem')
  await expect(files).toHaveText(model ? [/^README\.md/, /^src\/a\.ts/, /^src\/feature\.ts/] : [/^docs\/specs\/.+\.md/])
  await expect(result).toContainText(/\d+ lines added/)
  // A runner without a sandbox runs no hook, and says so in its words.
  await expect(result).toContainText(model ? /ChecksNone is on record\.$/ : /pre-commitpassed$|pre-commit hook was not run/)
  await result.getByRole('button', { name: 'Show the diff' }).click()
  await expect(page.getByRole('tab', { name: /^Diff/ })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('tab', { name: /^Description/ }).click()
}

/** Whether the cards with such titles have numbers, and how many different ones. */
async function numbersOf(page: Person['page'], titles: RegExp): Promise<[boolean, number]> {
  const cards = page.getByRole('row').filter({ has: page.getByText(titles) })
  const numbers = await cards.getByText(/^CS-\d+$/).allTextContents()
  return [numbers.length === (await cards.count()), new Set(numbers).size]
}

/** What an attempt cost stands at its messages, in the list of attempts, and on the card, for everybody. */
async function readCost(page: Person['page'], other: Person['page'], title: string): Promise<void> {
  await expect(
    page
      .getByRole('log', { name: 'Conversation' })
      .getByText(/^[\d,]+ \+ [\d,]+ tokens, \$\d+\.\d+$/)
      .first(),
  ).toBeVisible()
  const attempt = page.getByRole('region', { name: 'Attempts' }).first().getByRole('button').first()
  await expect(attempt).toContainText(/\$\d+\.\d+/)
  const cost = /\$[\d.]+/.exec((await attempt.textContent()) ?? '')?.[0] ?? ''
  await expect(card(other, title).getByText(cost)).toBeVisible(SHARED)
}

/** What somebody pastes where a title is asked for: words without one, and a link to where the work came from. */
async function pasteCards(page: Person['page'], model: string | undefined): Promise<void> {
  const words = 'When somebody pays by card at the counter, the receipt is printed twice.\nNobody knows why.'
  await page.getByRole('button', { name: 'Add a card to Backlog' }).click()
  await page.getByLabel('Title of the new card').fill(words)
  await page.keyboard.press('Enter')
  const title = model ? 'Print each receipt once' : 'When somebody pays by card at the counter, the receipt is…'
  await expect(card(page, title)).toBeVisible(SHARED)
  await page.getByLabel('Title of the new card').fill('https://github.com/acme/shop/issues/12')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await card(page, 'shop #12').click()
  const origin = page.getByRole('region', { name: 'Fields' }).first().getByRole('link', { name: 'an issue' })
  await expect(origin).toHaveAttribute('href', 'https://github.com/acme/shop/issues/12')
  await goTo(page, 'Board')
  await card(page, title).click()
  await expect(page.getByRole('textbox', { name: 'Description' })).toContainText('Nobody knows why.')
  await goTo(page, 'Board')
}

/** A plan that is approved, and typed in again after that. */
async function writePlan(page: Person['page']): Promise<void> {
  await page.getByRole('button', { name: 'Add a plan' }).click()
  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  const words = plan.getByRole('textbox', { name: 'Words of Plan' })
  await expect(plan.getByText('not approved', { exact: true })).toBeVisible()
  await words.click()
  await page.keyboard.type('First the list, then the sum.')
  await plan.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(plan.getByText('revision 1, approved', { exact: true })).toBeVisible(SHARED)
  await words.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(' And a third thing?')
  await expect(plan.getByText('changed since revision 1')).toBeVisible()
  await onPhone(page, async () => {
    const [whole, typed] = [await plan.boundingBox(), await words.boundingBox()]
    expect((typed?.y ?? 0) - (whole?.y ?? 0), 'the button that came has not moved what is typed').toBeLessThan(48)
  })
  await expect(plan).toContainText('An agent that starts is given revision 1, approved by')
  await plan.getByRole('button', { name: 'Compare with what was approved' }).click()
  const compared = page.getByRole('dialog', { name: 'Compare versions' })
  await expect(compared.getByRole('insertion')).toHaveText(' And a third thing?')
  await compared.getByRole('button', { name: 'Close' }).last().click()
}

/** Tells the agent something before there is an attempt, and thinks better of another thing. */
async function sayBeforehand(page: Person['page']): Promise<void> {
  await page.getByRole('tab', { name: 'Chat' }).click()
  const queue = page.getByRole('list', { name: 'For the next attempt' }).getByRole('listitem')
  for (const words of ['Hurry!', 'Mind the tills.']) {
    await page.getByLabel('Message to the agent').fill(words)
    await page.keyboard.press('Enter')
  }
  await expect(queue).toHaveText([/^Hurry!/, /^Mind the tills\.Read by the agent of the next attempt/], SHARED)
  await queue.first().getByRole('button', { name: 'Take back' }).click()
  await expect(queue).toHaveText([/^Mind the tills\./])
}

/** In the start's dialog: a time to come instead of now, which everybody sees until it is taken off; and the dialog again. */
async function startLater(page: Person['page'], other: Person['page'], title: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Start an attempt' })
  await dialog.getByRole('button', { name: /When/ }).click()
  await page.getByRole('option', { name: 'Later' }).click()
  await dialog.getByLabel('Start at').fill('2020-01-01T02:00')
  await dialog.getByRole('button', { name: 'Start then' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('That time is over. Choose a later one, or start it now.')
  const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10)
  await dialog.getByLabel('Start at').fill(`${tomorrow}T23:55`)
  await dialog.getByRole('button', { name: /Repeats/ }).click()
  await page.getByRole('option', { name: 'Every weekday' }).click()
  await dialog.getByRole('button', { name: 'Start then' }).click()
  const line = page
    .getByRole('status')
    .filter({ hasText: /^Starts .+, 23:55 with Built-in, every weekday, each time at a copy of this card\./ })
  await expect(line).toBeVisible(SHARED)
  await expect(card(other, title).getByText(/^Starts .+, 23:55$/)).toBeAttached(SHARED)
  await line.getByRole('button', { name: 'Take it off' }).click()
  await expect(line).toBeHidden(SHARED)
  await expect(card(other, title).getByText(/^Starts /)).toHaveCount(0, SHARED)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
}

/** What changed within a line is marked, and code has its looks; the words are those of the file. */
async function readLooks(ada: Person): Promise<void> {
  const { page } = ada
  const lines = page.getByRole('region', { name: 'Lines of src/a.ts' })
  await expect(lines.locator('mark')).toHaveText(['1', '2'])
  await expect(lines.locator('.code-keyword')).toHaveText(['export', 'const', 'export', 'const'])
  await expect(lines.locator('.diff-code')).toHaveText(['export const a = 1', 'export const a = 2'])
  await ignoreWhitespace(page)
  await showMore(ada, page.getByRole('region', { name: 'Lines of README.md' }))
}

/** A file in which nothing else changed says so, is no change in the counts, and shows its line where somebody has something to say about it. */
async function ignoreWhitespace(page: Person['page']): Promise<void> {
  const file = page.getByRole('region', { name: 'README.md', exact: true })
  const lines = page.getByRole('region', { name: 'Lines of README.md' })
  const ignore = page.getByRole('button', { name: 'Ignore whitespace' })
  await expect(file).toContainText(/1 lines added.*1 lines removed/)
  await ignore.click()
  await expect(file).toContainText(/0 lines added.*0 lines removed/)
  await expect(file).toContainText('Only whitespace changed.')
  await expect(lines).toBeHidden()
  await page.reload()
  await expect(ignore, 'it is remembered').toHaveAttribute('aria-pressed', 'true')
  await expect(lines).toBeHidden()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByLabel('What do you want to do or find?').fill('whitespace')
  await page.getByRole('menuitem', { name: 'Show changes of whitespace' }).click()
  await lines.locator('.diff-gutter-delete').first().click()
  await page.getByLabel('Note on line 1').fill('Why wider?')
  await page.keyboard.press('ControlOrMeta+Enter')
  await ignore.click()
  await expect(lines.locator('.diff-code')).toHaveText(['#  Hello', 'Line 2', 'Line 3', 'Line 4'])
  const note = lines.getByRole('article', { name: /notes$/ })
  await expect(note, 'on a line that is not taken out any more').toContainText('Why wider?')
  await note.getByRole('button', { name: 'Delete' }).click()
  await expect(lines, 'nothing is left to be seen there').toBeHidden()
  await ignore.click()
}

/** The lines below a change are shown, take a note, and are there again because of it: without a connection too, for the change was seen. */
async function showMore(ada: Person, lines: Locator): Promise<void> {
  const { page } = ada
  const code = lines.locator('.diff-code')
  await expect(code).toHaveText(['# Hello', '#  Hello', 'Line 2', 'Line 3', 'Line 4'])
  const more = lines.getByRole('button', { name: /^Show lines 5/ })
  await more.press('Enter')
  await expect(code).toHaveText(['# Hello', '#  Hello', ...Array.from({ length: 11 }, (_, at) => `Line ${at + 2}`)])
  await expect(more, 'that was all').toBeHidden()
  await expect(lines, 'the keyboard is where the lines are').toBeFocused()
  await lines.locator('.diff-gutter-normal').last().click()
  await page.getByLabel('Note on line 12').fill('And then?')
  await page.keyboard.press('ControlOrMeta+Enter')
  const note = lines.getByRole('article', { name: /notes$/ })
  await savedOnServer(page)
  ada.expectsNetworkTrouble = true
  // What a browser keeps by itself it lets go of by itself; what we keep is there.
  const browser = await ada.context.newCDPSession(page)
  await browser.send('Network.clearBrowserCache')
  await browser.detach()
  await ada.context.setOffline(true)
  await page.reload()
  await expect(syncState(page)).toContainText('offline')
  await expect(note).toContainText('And then?')
  await expect(code.last()).toHaveText('Line 12')
  await ada.context.setOffline(false)
  await savedOnServer(page)
  ada.expectsNetworkTrouble = false
  await note.getByRole('button', { name: 'Delete' }).click()
  await expect(code).toHaveCount(5)
}

/** Thinks better of an answer, twice: once it stays as it was. */
async function changeAnswer(page: Person['page'], before: string): Promise<void> {
  const answer = page.getByRole('list', { name: 'Conversation' }).getByRole('listitem').filter({ hasText: before })
  const change = answer.getByRole('button', { name: 'Change this answer' })
  for (const [words, key] of [
    ['Nobody.', 'Escape'],
    [`${before} And a student on Saturdays.`, 'Enter'],
  ] as const) {
    await change.press('Enter')
    await page.getByLabel('Your answer').fill(words)
    await page.keyboard.press(key)
    await expect(change).toBeFocused()
  }
  await expect(answer).toContainText('And a student on Saturdays.')
}

/** Both write notes on the change, by keys and by mouse; they go to the agent together, and each says what became of it. */
async function review(page: Person['page'], other: Person['page'], title: string): Promise<void> {
  await card(other, title).click()
  await other.getByRole('tab', { name: /Diff/ }).click()
  for (const [each, words] of [
    [page, 'Say which one.'],
    [other, 'And how bright?'],
  ] as const) {
    const lines = each.getByRole('region', { name: /^Lines of/ }).first()
    if (each === page) {
      await lines.focus()
      for (const key of ['j', 'j', 'c']) await page.keyboard.press(key)
    } else {
      const plus = lines.locator('.diff-gutter-insert').last()
      await plus.hover()
      expect(await plus.evaluate((gutter) => getComputedStyle(gutter, '::before').content), 'it offers a note').toBe('"+"')
      await plus.click()
    }
    await each.getByLabel(/^Note on line/).fill(words)
    await each.keyboard.press('ControlOrMeta+Enter')
    await expect(lines, 'the keyboard is back at the lines').toBeFocused()
  }
  const notes = page.getByRole('article', { name: /notes$/ })
  await expect(notes).toHaveText([/draft.*Say which one/, /draft.*And how bright/], SHARED)
  const edit = notes.first().getByRole('button', { name: 'Edit' })
  await edit.press('Enter')
  await page.keyboard.press('Escape')
  await expect(edit).toBeFocused()
  const split = page.locator('.diff-split')
  await page.getByRole('radio', { name: 'Split' }).click()
  await expect(split).not.toHaveCount(0)
  await onPhone(page, async () => {
    await expect(split, 'a phone has no room for two sides, nor for the way back').toHaveCount(0)
    await notes.first().scrollIntoViewIfNeeded()
    await expect(edit, 'on a phone a note is as wide as the screen, not as the longest line').toBeInViewport({ ratio: 1 })
  })
  await page.getByRole('radio', { name: 'Unified' }).click()
  await page.getByRole('button', { name: 'Send to the agent' }).click()
  await expect(notes).toHaveText([/addressed in [0-9a-f]{7}/, /addressed in [0-9a-f]{7}/], { timeout: 120_000 })
  await expect(page.getByRole('region', { name: 'Attempt 1' }).getByText('succeeded')).toBeVisible({ timeout: 120_000 })
  // Both had looked: what the agent wrote since is new to each, until they say for themselves that they have viewed it.
  const since = (each: Person['page']) => each.getByRole('region', { name: 'Since you looked' })
  for (const each of [page, other]) await expect(since(each)).toContainText('One file changed since you looked.', SHARED)
  await page.keyboard.press('v')
  await expect(page.getByRole('checkbox', { name: /^Viewed/ }).first()).toBeChecked()
  await expect(since(page)).toBeHidden()
  await expect(page.getByRole('region', { name: /^Lines of/ })).toHaveCount(
    (await other.getByRole('region', { name: /^Lines of/ }).count()) - 1,
  )
  await expect(since(other)).toBeVisible()
  await goTo(other, 'Board')
}

/** Looks at the page as it is on a phone, and goes back to the desk. */
async function onPhone(page: Person['page'], look: () => Promise<void>): Promise<void> {
  const desk = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  await look()
  if (desk) await page.setViewportSize(desk)
}

/** The files of the person's checkout, by content. */
const checkout = (repo: TestRepository): string =>
  execFileSync('sh', ['-c', 'find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 sha256sum'], {
    cwd: repo.path,
    encoding: 'utf8',
  })

/** Makes an invitation for a member and answers its link. */
async function invite(page: Person['page'], name: string): Promise<string> {
  await toSettings(page, 'Members')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const field = page.getByRole('textbox', { name: 'Invitation link' })
  await expect(field).toBeFocused()
  const link = await field.inputValue()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  return link
}

/** Says of a card with open points that it is done, and why: without a reason it is not. */
async function callDone(page: Person['page']): Promise<void> {
  await page.getByRole('button', { name: /Status$/ }).click()
  await page.getByRole('option', { name: 'Done' }).click()
  const asked = page.getByRole('alertdialog')
  const reason = asked.getByLabel('Why it is done all the same')
  await asked.getByRole('button', { name: 'Mark as done' }).click()
  await expect(reason).toHaveAccessibleDescription('Say why it is done all the same.')
  await reason.fill('Looked at by hand.')
  await asked.getByRole('button', { name: 'Mark as done' }).click()
  await expect(asked).toBeHidden()
}

/** Gives the team another name while somebody else looks. */
async function nameTeam(page: Person['page'], other: Person['page']): Promise<void> {
  await toSettings(other, 'Members')
  await expect(other.getByRole('list', { name: 'Team' })).toContainText('team')
  await expect(other.getByRole('button', { name: 'Rename the team' }), 'which is for admins').toBeHidden()
  await page.getByRole('button', { name: 'Rename the team' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename the team' })
  await dialog.getByLabel('Name').fill('')
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription('A team needs a name.')
  await dialog.getByLabel('Name').fill('Corner shop people')
  await page.keyboard.press('Enter')
  await expect(other.getByRole('list', { name: 'Team' })).toContainText('Corner shop people', SHARED)
}

/** Changes the person's own name. */
async function takeName(page: Person['page'], name: string): Promise<void> {
  await toSettings(page, 'Members')
  await page.getByRole('button', { name: 'Change your name' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your name' })
  const field = dialog.getByLabel('Name')
  await field.fill('')
  await page.keyboard.press('Enter')
  await expect(field).toHaveAccessibleDescription('A name is needed.')
  await field.fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`You are now called ${name}.`)).toBeVisible()
  await expect(
    page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'you' }),
    'and the list says so',
  ).toContainText(name)
}

/** Signs Ada in by the printed URL. */
export async function enter(ada: Person, slipway: Slipway): Promise<void> {
  await signIn(ada.page, slipway.signInUrl)
}
