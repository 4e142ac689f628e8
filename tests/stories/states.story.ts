import { expect, type Locator, type Page, type Route } from '@playwright/test'
import { story } from '../harness/story.ts'
import { addCard, card, goTo, makeProject, savedOnServer, signIn, syncState } from './steps.ts'

const NOWHERE = '0190a0a0-0000-7000-8000-000000000000'

/** Loaded, it is the field with the card's title. */
const CARD = /^(Card|Pay by card)?$/

/** A page: where it is, what its heading says, and what stands there while there is nothing: its words, and the way on. */
type Place = { at: string; heading: RegExp; empty?: string; way?: string | null; needsServer?: true }

/** The pages that are nobody's project. */
const PLACES: readonly Place[] = [
  { at: '/', heading: /^Projects$/ },
  { at: '/needs-me', heading: /^Needs me$/, empty: 'Nothing needs you', way: null },
  { at: '/settings/models', heading: /^Settings$/, empty: 'No model yet', way: 'Add model', needsServer: true },
  { at: '/settings/members', heading: /^Settings$/, needsServer: true },
  { at: '/settings/repos', heading: /^Settings$/, empty: 'No repository yet', way: 'Go to the projects' },
  { at: '/settings/limits', heading: /^Settings$/, needsServer: true },
  { at: '/settings/tags', heading: /^Settings$/, empty: 'No tag yet', way: 'New tag' },
  { at: '/settings/transfer', heading: /^Settings$/, needsServer: true },
  { at: '/settings/yours', heading: /^Settings$/ },
  { at: '/settings/about', heading: /^Settings$/ },
]

/** The pages of a project in which there is one card and nothing else. */
const inProject = (projectId: string, card: string): Place[] => {
  const at = `/projects/${projectId}`
  const ofCard = (tab: string, empty: string): Place => ({ at: `${card}?tab=${tab}`, heading: CARD, empty, way: 'Start' })
  return [
    { at, heading: /^Board$/ },
    { at: `${at}/interviews`, heading: /^Interviews$/, empty: 'No interview yet', way: 'Start the first interview' },
    { at: `${at}/prompts`, heading: /^Prompts$/, empty: 'No prompt yet', way: 'New prompt' },
    { at: `${at}/prompts/${NOWHERE}`, heading: /^Prompt$/, empty: 'This prompt is not here', way: 'Go to the prompts' },
    { at: `${at}/interviews/${NOWHERE}`, heading: /^Interview$/, empty: 'This interview is not here', way: 'Go to the interviews' },
    { at: `${at}/history`, heading: /^History$/, empty: 'No commit yet', way: 'Go to the board' },
    { at: `${at}/repository`, heading: /^Repository$/, needsServer: true },
    { at: card, heading: CARD },
    ofCard('chat', 'No attempts yet'),
    ofCard('diff', 'No attempts yet'),
    ofCard('log', 'No attempts yet'),
    ofCard('commits', 'No commits yet'),
    ofCard('timeline', 'Nothing has happened yet'),
  ]
}

story(
  'X19 each page has a way on where it is empty, a frame while it is loading, words and a cure where it fails, and works offline',
  async ({ slipway, person }) => {
    const ada = await person('Ada')
    const { page } = ada
    await signIn(page, slipway.signInUrl)
    await expectEmpty(page, { at: '/', heading: /^Projects$/, empty: 'No project yet', way: 'Make the first project' })
    await expectEmpty(page, { at: '/settings/transfer', heading: /^Settings$/, empty: 'No project yet', way: 'Go to the projects' })
    await visit(page, '/')
    const projectId = await makeProject(page, 'Shop')
    await goTo(page, 'Board')
    await expectEmpty(page, {
      at: `/projects/${projectId}`,
      heading: /^Board$/,
      empty: 'This board has no cards yet',
      way: 'Start an interview',
    })
    await addCard(page, 'Backlog', 'Pay by card')
    await card(page, 'Pay by card').click()
    await page.getByRole('tab', { name: 'Description' }).waitFor()
    const places = [...PLACES, ...inProject(projectId, new URL(page.url()).pathname)]

    await story.step('empty: each page says what it is for, and how to begin', async () => {
      for (const place of places) await expectEmpty(page, place)
      await expectEmpty(page, { at: '/nowhere', heading: /^There is nothing at this address$/, way: 'Go to your projects' })
      await expectEmpty(page, { at: '/projects/nope', heading: /^This project is not here$/, way: 'Go to your projects' })
      await expect(page.getByRole('link', { name: 'Board' }), 'of what is no project there is no board').toHaveCount(0)
      await expect(page.getByText('There is no room'), 'nor a word for programmers').toHaveCount(0)
      await visit(page, '/')
      await savedOnServer(page)
    })

    await story.step('offline: each page is there, says that it is, and what has to wait', async () => {
      ada.expectsNetworkTrouble = true
      await ada.context.setOffline(true)
      await expect(syncState(page)).toContainText('offline')
      for (const { at, heading, needsServer } of places) {
        await visit(page, at)
        await expectHeading(page, heading)
        await expect(page.getByRole('main').locator('[aria-busy]'), at).toHaveCount(0)
        await expect(syncState(page)).toContainText('offline')
        if (needsServer) await expect(page.getByRole('main').getByText('You are offline. This needs the server').first(), at).toBeVisible()
      }
      await ada.context.setOffline(false)
    })

    const bob = await person('Bob')
    bob.expectsNetworkTrouble = true
    // The session alone: what Ada's browser notes of itself is not Bob's.
    await bob.context.addCookies((await ada.context.cookies()).filter(({ httpOnly }) => httpOnly))
    const before = new Map<string, unknown>()
    let letGo = (): void => undefined
    const isLetGo = new Promise<void>((resolve) => {
      letGo = resolve
    })

    await story.step('loading: each page has its heading and its frame', async () => {
      await bob.context.route(/\/trpc\//, (route) => route.fulfill({ status: 502, body: 'Bad gateway' }))
      await bob.context.route(/\/replica\.worker/, (route) => isLetGo.then(() => route.continue()))
      await bob.page.goto(slipway.url)
      await expect(bob.page.getByText('The server does not answer.')).toBeVisible()
      await bob.context.unroute(/\/trpc\//)
      await bob.page.getByRole('button', { name: 'Try again' }).click()
      for (const { at, heading } of places) {
        await visit(bob.page, at)
        await expectHeading(bob.page, heading)
        if (!OF_THE_BROWSER.test(at)) await expect(bob.page.getByRole('main').locator('[aria-busy]').first(), at).toBeAttached()
        before.set(at, await placeOfHeading(bob.page))
      }
    })

    await story.step('and nothing jumps when the rest comes', async () => {
      letGo()
      for (const { at } of places) {
        await visit(bob.page, at)
        await expect(bob.page.getByRole('main').locator('[aria-busy]'), at).toHaveCount(0)
        await expect.poll(() => placeOfHeading(bob.page), at).toEqual(before.get(at))
      }
    })

    await story.step('error: over each page stands what failed, and what helps', async () => {
      const trouble = bob.page.getByRole('status').filter({ hasText: 'What this browser keeps cannot be read' })
      await bob.context.route(/\/replica\.worker/, withoutTables)
      await bob.page.reload()
      for (const { at, heading } of places) {
        await visit(bob.page, at)
        await expectHeading(bob.page, heading)
        await expect(trouble, at).toBeVisible()
      }
      await bob.context.unroute(/\/replica\.worker/, withoutTables)
      await trouble.getByRole('button', { name: 'Reload' }).click()
      await expect(bob.page.getByRole('main').locator('[aria-busy]')).toHaveCount(0)
      await expect(trouble).toHaveCount(0)
    })

    await story.step('and a page that stops working leaves the way to all others', async () => {
      await visit(bob.page, '/needs-me')
      await expectHeading(bob.page, /^Needs me$/)
      await bob.page.evaluate(breakDates)
      await visit(bob.page, '/')
      await expectHeading(bob.page, /^This page stopped working$/)
      await goTo(bob.page, 'Settings')
      await expectHeading(bob.page, /^Settings$/)
      await visit(bob.page, '/settings/members')
      await expectHeading(bob.page, /^Settings$/)
      await expect(bob.page.getByRole('heading', { name: 'This page stopped working' })).toBeVisible()
      await bob.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Models' }).click()
      await expect(bob.page.getByRole('heading', { name: 'This page stopped working' })).toHaveCount(0)
      const complaints = bob.complaints.splice(0)
      expect(
        complaints.filter((words) => !words.includes('Broken on purpose')),
        'React tells the console of this alone',
      ).toEqual([])
    })
  },
)

/** Pages of which the browser itself knows enough. */
const OF_THE_BROWSER = /settings\/(yours|about)$/

/** Goes to a page of this app as the browser's own back and forward do: nothing is loaded anew. */
async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  // Their heading is the same: what is read next must not be of the one before.
  if (path.startsWith('/settings/')) await expect(page.locator(`a[aria-current=page][href="${path}"]`)).toBeVisible()
}

const expectHeading = (page: Page, words: RegExp): Promise<void> =>
  expect(page.getByRole('heading', { level: 1 }), 'one heading').toHaveText([words])

async function expectEmpty(page: Page, { at, heading, empty, way }: Place): Promise<void> {
  await visit(page, at)
  await expectHeading(page, heading)
  const main = page.getByRole('main')
  if (empty) await expect(main.getByRole('region', { name: empty }), at).toBeVisible()
  if (way) await expect(linkOrButton(main, way), at).toBeVisible()
}

const linkOrButton = (where: Locator, name: string): Locator =>
  where
    .getByRole('link', { name, exact: true })
    .or(where.getByRole('button', { name, exact: true }))
    .first()

/** Where the heading begins: all of the page that stands above it or beside it moves it. */
async function placeOfHeading(page: Page): Promise<{ x: number; y: number }> {
  const { x = 0, y = 0 } = (await page.getByRole('heading', { level: 1 }).boundingBox()) ?? {}
  return { x: Math.round(x), y: Math.round(y) }
}

/** The thread of the tables is not to be had: what a thread asks for itself no test can refuse, so it is given another address. */
async function withoutTables(route: Route): Promise<void> {
  const response = await route.fetch()
  await route.fulfill({ response, body: (await response.text()).replaceAll(/tables\.worker-[\w-]+/g, 'gone') })
}

/** In the page: no moment can be written as a date any more. */
function breakDates(): void {
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
    get() {
      throw new Error('Broken on purpose')
    },
  })
}
