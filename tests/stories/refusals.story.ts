import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { testRepository } from '../fakes/git-repository.ts'
import { FAKE_KEY, fakeOpenAi } from '../fakes/openai-server.ts'
import { neighbour } from '../harness/story.ts'
import {
  addCard,
  addModel,
  card,
  choose,
  column,
  goTo,
  linkRepository,
  makeProject,
  moveByMenu,
  openProject,
  savedOnServer,
  signIn,
  startAttempt,
  startInterview,
  toAllProjects,
  toSettings,
} from './steps.ts'

neighbour(
  'BAD-1 a project without a name, a title of 256 characters and an illegal move are refused in one sentence each, and nothing is lost',
  async ({ owner: { page } }) => {
    await page.getByRole('button', { name: 'New project' }).first().click()
    await page.getByRole('button', { name: 'Create project' }).click()
    await expect(page.getByText('A project needs a name.')).toBeVisible()
    await page.getByRole('dialog', { name: 'New project' }).getByLabel('Name').fill('Shop')
    await page.getByRole('button', { name: 'Create project' }).click()
    await goTo(page, 'Board')
    await addCard(page, 'Backlog', 'x'.repeat(255))
    await page.getByRole('button', { name: 'Add a card to Backlog' }).click()
    await page.getByLabel('Title of the new card').fill('y'.repeat(256))
    await page.keyboard.press('Enter')
    await expect(page.getByText('A title can have at most 255 characters.')).toBeVisible()
    await expect(page.getByLabel('Title of the new card'), 'what was typed stays').toHaveValue('y'.repeat(256))
    await page.getByLabel('Title of the new card').fill('Plan it')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await moveByMenu(page, 'Plan it', 'Done')
    await expect(page.getByText("A card in backlog can't go to done. From backlog it can go to todo or cancelled.")).toBeVisible()
    await expect(column(page, 'Backlog').getByText('Plan it')).toBeVisible()
    await savedOnServer(page)
  },
)

neighbour(
  'BAD-2 a folder that is no repository is refused by name; a dirty and an empty repository say what they are',
  async ({ owner: ada }) => {
    ada.expectsNetworkTrouble = true
    const { page } = ada
    const folder = mkdtempSync(join(tmpdir(), 'slipway-no-repo-'))
    const dirty = testRepository()
    writeFileSync(join(dirty.path, 'unsaved.txt'), 'mine\n')
    try {
      await makeProject(page, 'Shop')
      for (const path of [folder, '/nowhere/at/all']) {
        await page.getByLabel('Folder path').fill(path)
        await page.getByRole('button', { name: 'Link repository' }).click()
        await expect(page.getByLabel('Folder path'), 'where it was typed').toHaveAccessibleDescription(new RegExp(path), {
          timeout: 180_000,
        })
      }
      await linkRepository(page, dirty.path)
      await goTo(page, 'Board')
      await addCard(page, 'Backlog', 'Carefully')
      await card(page, 'Carefully').click()
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      const dialog = page.getByRole('dialog', { name: 'Start an attempt' })
      await expect(dialog.getByText('The repository has changes that are not committed.')).toBeVisible({ timeout: 180_000 })
      await choose(page, dialog, 'Who works', 'Built-in')
      await dialog.getByRole('button', { name: 'Start', exact: true }).click()
      await expect(page.getByRole('region', { name: 'Attempt 1' }).getByText('succeeded')).toBeVisible({ timeout: 120_000 })
      expect(dirty.git('status', '--porcelain')).toBe('?? unsaved.txt')

      execFileSync('git', ['init', '--quiet', folder])
      await toAllProjects(page)
      await makeProject(page, 'Nothing yet')
      await linkRepository(page, folder)
      await goTo(page, 'Board')
      await addCard(page, 'Backlog', 'Too early')
      await card(page, 'Too early').click()
      await startAttempt(page)
      await expect(page.getByText(/has no commit yet, so there is nothing to start from\. Make a first one/).first()).toBeVisible()
    } finally {
      rmSync(folder, { recursive: true, force: true })
      dirty.gone()
    }
  },
)

neighbour(
  'BAD-3 a model that answers 401, 429, garbage or stops in mid-stream: its words, a retry, and nothing said is lost',
  async ({ owner: ada }) => {
    ada.expectsNetworkTrouble = true
    const { page } = ada
    const fake = await fakeOpenAi()
    try {
      await addModel(page, { name: 'Moody', baseUrl: fake.url, modelName: 'fake-small', key: FAKE_KEY })
      await toAllProjects(page)
      await makeProject(page, 'Shop')
      fake.pull({ status: 401, message: 'Incorrect API key provided.' })
      await startInterview(page, 'With a moody model', 'Moody')
      await expect(page.getByText('could not ask the next question.')).toBeVisible({ timeout: 90_000 })
      await expect(page.getByText(/Incorrect API key provided/).first()).toBeVisible()
      const moods = [
        { levers: { status: 429, message: 'Rate limit reached.' }, says: /Rate limit reached/ },
        { levers: { garbage: 'html' as const }, says: /not a chat completion/ },
        { levers: { cutAfter: 3 }, says: /broke off in the middle/ },
      ]
      for (const { levers, says } of moods) {
        fake.pull(levers)
        await page.getByRole('button', { name: 'Try again' }).click()
        await expect(page.getByText(says).first()).toBeVisible({ timeout: 180_000 })
      }
      fake.pull({})
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByRole('group', { name: 'Answers' })).toBeVisible({ timeout: 180_000 })
      await page.getByRole('group', { name: 'Answers' }).getByRole('button').first().click()
      await expect(page.getByRole('list', { name: 'Conversation' }).getByText('Keep track of things')).toHaveCount(1)
    } finally {
      await fake.close()
    }
  },
)

neighbour(
  'BAD-5 a project leaves as one file; what is no such file, and a project that is here, are refused',
  async ({ owner: { page } }) => {
    await makeProject(page, 'Takeaway')
    await savedOnServer(page)
    await toSettings(page, 'Export and import')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export everything of Takeaway' }).click()
    const parcel = await download
    expect(parcel.suggestedFilename()).toMatch(/^slipway-takeaway-.*\.tar\.gz$/)
    const chooser = page.locator('input[type=file]')
    await chooser.setInputFiles({ name: 'letter.gz', mimeType: 'application/gzip', buffer: Buffer.from('Dear Slipway') })
    await expect(page.getByRole('alert')).toHaveText(/This is no export of a Slipway project/)
    await chooser.setInputFiles(await parcel.path())
    await expect(page.getByRole('alert')).toHaveText(
      'This project is here already, as “Takeaway”. An import makes a new project and changes none.',
    )
  },
)

neighbour(
  'BAD-6 a limit that cannot be is refused at its field and stays as it was typed; discarding takes both back',
  async ({ owner: ada }) => {
    ada.expectsNetworkTrouble = true
    const { page } = ada
    await toSettings(page, 'Limits')
    const steps = page.getByRole('textbox', { name: 'Steps of a run' })
    await steps.fill('lots')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(steps).toHaveAccessibleDescription('A whole number is needed.')
    await expect(steps).toHaveValue('lots')
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect(steps).toHaveAccessibleDescription('Default: 50')
    await expect(steps).toHaveValue('50')
  },
)

neighbour(
  'BAD-4 a viewer sees everything and changes nothing; the address signs in again where only the browser remembers them',
  async ({ slipway, owner: ada, person }) => {
    const vera = await person('Vera')
    const projectId = await makeProject(ada.page, 'Shop')
    await ada.page.getByRole('button', { name: 'Create one for me' }).click()
    await expect(ada.page.getByText('The repository is created and linked.')).toBeVisible()
    await goTo(ada.page, 'Board')
    await addCard(ada.page, 'Backlog', 'Look, do not touch')
    await card(ada.page, 'Look, do not touch').click()
    await startAttempt(ada.page)
    const token = slipway.token('viewer', 'Vera')
    await signIn(vera.page, `${slipway.url}/?token=${token}`)
    await openProject(vera.page, projectId)
    await expect(column(vera.page, 'Review').getByText('Look, do not touch')).toBeVisible({ timeout: 180_000 })
    await expect(vera.page.getByRole('button', { name: 'Add a card to Backlog' })).toHaveCount(0)

    // But views of her own she keeps, in a room of her own (VIEW-1).
    await vera.page.getByRole('searchbox', { name: 'Filter cards' }).fill('look')
    await vera.page.getByRole('button', { name: 'View: filtered' }).click()
    await vera.page.getByRole('menuitem', { name: 'Save as a view…' }).click()
    await vera.page.getByRole('dialog').getByLabel('Name').fill('Only looking')
    await vera.page.keyboard.press('Enter')
    await expect(vera.page.getByRole('button', { name: 'View: Only looking' })).toBeVisible()

    // And what waits for her is new until she has read it (NEED-5).
    await choose(ada.page, ada.page.getByRole('region', { name: 'Fields' }).first(), 'Assignee', 'Vera')
    const waits = vera.page.getByRole('link', { name: /^Needs me/ }).first()
    await expect(waits).toHaveAccessibleName('Needs me, 1 new')
    await card(vera.page, 'Look, do not touch').click()
    await expect(waits).toHaveAccessibleName('Needs me')

    // And what she has viewed of a change she marks for herself alone.
    const mark = (page: Page) => page.getByRole('checkbox', { name: /^Viewed: / }).first()
    await vera.page.getByRole('tab', { name: /^Diff/ }).click()
    await vera.page.getByText('Viewed', { exact: true }).first().click()
    await expect(mark(vera.page)).toBeChecked()
    await expect(vera.page.getByText(/^1 of \d+ viewed$/)).toBeVisible()
    await savedOnServer(vera.page)
    await ada.page.getByRole('tab', { name: /^Diff/ }).click()
    await expect(mark(ada.page)).not.toBeChecked()

    vera.expectsNetworkTrouble = true
    await vera.context.clearCookies()
    await signIn(vera.page, `${slipway.url}/?token=${token}`)
    await expect(vera.page.getByText('You are signed out.')).toHaveCount(0)
    await openProject(vera.page, projectId)
    await card(vera.page, 'Look, do not touch').click()
    await vera.page.getByRole('tab', { name: /^Diff/ }).click()
    await expect(mark(vera.page)).toBeChecked()

    // What Ada deletes is gone for both at once; restored, all of it is there again (PROJECT-6).
    const inList = ada.page.locator(`a[href="/projects/${projectId}"]`)
    await goTo(ada.page, 'Repository')
    await ada.page.getByRole('button', { name: 'Delete project…' }).click()
    const asked = ada.page.getByRole('alertdialog', { name: 'Delete “Shop”?' })
    await expect(asked.getByRole('list', { name: 'What goes' }).getByRole('listitem')).toHaveText([
      '0 interviews',
      '0 prompts',
      '1 card',
      '1 attempt',
      'the record of 1 commit',
    ])
    await expect(asked.getByRole('list', { name: 'Branches that are not merged' }).getByRole('listitem')).toHaveCount(1)
    await asked.getByRole('button', { name: 'Delete project' }).click()
    await expect(vera.page.getByRole('heading', { name: '“Shop” was deleted' })).toBeVisible()
    await expect(vera.page.getByRole('button', { name: /^Restore/ })).toHaveCount(0)
    await expect(inList).toHaveCount(0)
    await ada.page.getByRole('button', { name: /deleted projects?$/ }).click()
    await ada.page.getByRole('list', { name: 'Deleted projects' }).getByRole('button', { name: 'Restore Shop' }).click()
    await expect(vera.page.getByText('Look, do not touch').first()).toBeVisible()

    // Archived, it is out of the list alone (PROJECT-8).
    await openProject(ada.page, projectId)
    await goTo(ada.page, 'Repository')
    await ada.page.getByRole('button', { name: 'Archive project' }).click()
    await expect(ada.page.getByRole('button', { name: 'Bring back' })).toBeVisible()
    await toAllProjects(ada.page)
    await expect(inList).toHaveCount(0)
    await ada.page.getByRole('button', { name: /archived projects?$/ }).click()
    await ada.page.getByRole('button', { name: 'Bring back Shop' }).click()
    await expect(ada.page.getByRole('list', { name: 'Projects' }).locator(`a[href="/projects/${projectId}"]`)).toBeVisible()
    await expect(vera.page.getByText('Look, do not touch').first()).toBeVisible()
  },
)
