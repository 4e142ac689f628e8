import { expect, type Page } from '@playwright/test'
import { testRepository } from '../fakes/git-repository.ts'
import type { Rule } from '../fakes/openai-script.ts'
import { FAKE_KEY, fakeOpenAi } from '../fakes/openai-server.ts'
import { neighbour } from '../harness/story.ts'
import { addCard, addModel, card, choose, column, goTo, linkRepository, makeProject, startAttempt, toAllProjects } from './steps.ts'

const CARDS = ['Moor the boat', 'Paint the hull', 'Sweep the deck'] as const
const attempt = (page: Page) => page.getByRole('region', { name: 'Attempt 1' })

neighbour(
  'B6 B7 B20 W20 W35 a full column holds further cards in line; what is said to an agent at work waits, is changed, or interrupts it; the chat says how full it is; an agent whose card is cancelled stops',
  async ({ owner: { page } }) => {
    const repo = testRepository({ 'README.md': '# Quay\n\n', 'logbook.md': 'Calm sea, light wind.\n'.repeat(150) })
    const fake = await fakeOpenAi({ rules: [readsTwice] })
    const asked = (about: RegExp) => fake.journal.some(({ body }) => about.test(JSON.stringify(body)))
    try {
      await addModel(page, { name: 'Patient', baseUrl: fake.url, modelName: 'fake-small', key: FAKE_KEY, contextWindow: '2500' })
      await toAllProjects(page)
      await makeProject(page, 'Quay')
      await linkRepository(page, repo.path)
      await goTo(page, 'Board')
      for (const title of CARDS) await addCard(page, 'Backlog', title)
      await limitTo(page, 'In progress', '1')

      // The first answer never ends: the agent is at work until somebody says something.
      fake.pull({ hangAfter: 1, times: 1 })
      await begin(page, CARDS[0])
      await expect(attempt(page).getByText('running')).toBeVisible()
      for (const [at, title] of CARDS.slice(1).entries()) {
        await goTo(page, 'Board')
        await begin(page, title)
        await expect(attempt(page)).toContainText(`Waits for room in the column of cards in progress, as number ${at + 1} in line.`)
      }
      await goTo(page, 'Board')
      await expect(column(page, 'In progress').getByText('1/1 · full')).toBeVisible()
      for (const [at, title] of CARDS.slice(1).entries())
        await expect(column(page, 'Backlog').getByRole('row').filter({ hasText: title })).toContainText(`no. ${at + 1} in line`)

      await card(page, CARDS[0]).click()
      await page.getByRole('tab', { name: 'Chat' }).click()
      const queue = page.getByRole('list', { name: 'In the queue' }).getByRole('listitem')
      const message = page.getByLabel('Message to the agent')
      await message.fill('Burn it')
      await page.keyboard.press('Enter')
      await queue.getByRole('button', { name: 'Take back' }).press('Enter')
      await expect(message, 'nothing is left in the queue that could have the keyboard').toBeFocused()
      await message.fill('Tar it')
      await page.getByRole('button', { name: 'Send after this turn' }).click()
      await say(page, 'Tie it', /^After this turn/)
      await expect(queue).toHaveText([/^Tar it/, /^Tie it/])
      await queue.nth(1).getByRole('button', { name: 'Earlier' }).press('Enter')
      await expect(queue).toHaveText([/^Tie it/, /^Tar it/])
      await expect(queue.first().getByRole('button', { name: 'Later' }), 'it goes no earlier, and the keyboard stays with it').toBeFocused()
      await queue.nth(1).getByRole('button', { name: 'Take back' }).press('Enter')
      await expect(queue, 'the keyboard goes on with the one beside').toBeFocused()
      const edit = queue.getByRole('button', { name: 'Edit' })
      for (const [words, key] of [
        ['Untie it', 'Escape'],
        ['Tie it twice', 'Enter'],
      ] as const) {
        await edit.press('Enter')
        await page.getByLabel('Your message').fill(words)
        await page.keyboard.press(key)
        await expect(edit).toBeFocused()
      }
      await expect(queue).toHaveText([/^Tie it twiceRead after/])
      expect(asked(/hull|deck/), 'none of those in line has begun').toBe(false)

      await say(page, 'Drop the anchor', /^Interrupt now/)
      const log = page.getByRole('log', { name: 'Conversation' })
      await expect(log.getByText('Wrote src/follow-up-1.ts for')).toBeVisible()
      await expect(log.getByText(/^This conversation: [\d,]+ of 2,500 tokens · (one|\d+) older results? left out$/)).toBeVisible()
      expect(asked(/left out to make room/)).toBe(true)

      await goTo(page, 'Board')
      await limitTo(page, 'In progress', '3')
      await card(page, CARDS[0]).click()
      await page.getByRole('tab', { name: 'Chat' }).click()
      await expect(log.getByText('Wrote src/follow-up-2.ts for')).toBeVisible()
      await expect(log).toContainText(/Drop the anchor.*Tie it twice/s)
      await expect(queue).toHaveCount(0)
      await goTo(page, 'Board')
      await expect(column(page, 'Review').locator('[role=row][data-key]')).toHaveCount(3)

      fake.pull({ hangAfter: 1, times: 1 })
      await addCard(page, 'To do', 'Scuttle the boat')
      await begin(page, 'Scuttle the boat')
      await expect(attempt(page).getByText('running')).toBeVisible()
      await page.getByRole('tab', { name: 'Timeline' }).click()
      const putBack = page.getByRole('button', { name: /^Put back/ })
      await expect(putBack).toHaveText('Put back to To do')
      await putBack.press('Enter')
      await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('moved the card from “In progress” to “To do”')
      await expect(putBack, 'what a person did nobody puts back there').toHaveCount(0)
      await expect(page.locator('li:focus'), 'the keyboard stays where the button was').toContainText('moved the card')
      await choose(page, page, 'Status', 'Cancelled')
      await expect(attempt(page), 'nobody is to work at it any longer').toContainText(/cancelled the card\.$/)
      await expect(attempt(page).getByText('running')).toHaveCount(0)
    } finally {
      await fake.close()
      repo.gone()
    }
  },
)

/** The model reads the long file twice before it does anything, and more than half of its window is full. */
const readsTwice: Rule = ({ tools, messages }) => {
  if (!tools?.some((tool) => tool.function.name === 'read_file')) return undefined
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1)
  const reads = since.flatMap((message) => message.tool_calls ?? []).filter((call) => call.function.name === 'read_file')
  return reads.length < 2 ? { calls: [{ name: 'read_file', arguments: { path: 'logbook.md' } }] } : undefined
}

async function begin(page: Page, title: string): Promise<void> {
  await card(page, title).click()
  await startAttempt(page, 'Patient')
}

/** Says something to the agent, by the menu that says when it is read. */
async function say(page: Page, words: string, when: RegExp): Promise<void> {
  await page.getByLabel('Message to the agent').fill(words)
  await page.getByRole('button', { name: 'When it is read' }).click()
  await page.getByRole('menuitem', { name: when }).click()
}

/** Sets how many cards a column may hold. */
async function limitTo(page: Page, name: string, limit: string): Promise<void> {
  await page.getByRole('button', { name: `Options of ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Name, limit and status…' }).click()
  const dialog = page.getByRole('dialog', { name: `Column ${name}` })
  await dialog.getByLabel('Limit').fill(limit)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}
