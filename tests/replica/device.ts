import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { testBrowser } from '../../bin/launch/chromium.mjs'

export const PATIENCE_MS = 60_000

type Levers = {
  uuid(): string
  run(name: string, input: unknown): Promise<{ ok: boolean; value?: unknown; message?: string }>
  type(projectId: string, taskId: string, text: string): Promise<void>
  call(procedure: string, input: unknown, rooms: string[]): Promise<unknown>
  sql(sql: string): Promise<Record<string, unknown>[]>
  undo(): Promise<void>
  saveUnsent(): Promise<string>
  bringBack(file: string): Promise<{ ok: boolean; message?: string }>
  show(projectId: string): void
  notices: string[]
}
declare const levers: Levers

/** One person's browser with a disk of its own, which survives being closed and being killed. */
export class Device {
  readonly #folder = mkdtempSync(join(tmpdir(), 'slipway-device-'))
  #context: BrowserContext | null = null
  /** The page a browser opens with: a second one beside it would cost as much again. */
  #empty: Page | undefined

  async open(): Promise<void> {
    this.#context = await chromium.launchPersistentContext(this.#folder, testBrowser())
    this.#empty = this.#context.pages()[0]
  }

  /** A new tab. */
  async tab(url: string): Promise<Tab> {
    if (!this.#context) await this.open()
    const empty = this.#empty
    this.#empty = undefined
    const page = empty ?? (await this.#context?.newPage())
    if (!page) throw new Error('the browser did not open')
    await page.goto(url)
    return new Tab(page)
  }

  /** Closes all tabs; the browser stays, and what it keeps. */
  async closeTabs(): Promise<void> {
    this.#empty = undefined
    for (const page of this.#context?.pages() ?? []) await page.close()
  }

  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = null
  }

  /** Kills the whole browser, as a power cut would; nobody gets to say goodbye. */
  async kill(): Promise<void> {
    const pid = mainProcess(this.#folder)
    const gone = new Promise((resolve) => this.#context?.on('close', resolve))
    process.kill(pid, 'SIGKILL')
    await gone
    this.#context = null
  }

  async throwAway(): Promise<void> {
    await this.close()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The browser's own process: of all those on the folder the one that is nobody's helper. */
function mainProcess(folder: string): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const words = commandLine(name)
    if (words.includes(`--user-data-dir=${folder}`) && !words.some((word) => word.startsWith('--type='))) return Number(name)
  }
  throw new Error('no browser runs on that folder')
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** One page of the replica under test. */
export class Tab {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Resolves when the element says so. */
  async reads(name: string, expected: string | RegExp): Promise<void> {
    const pattern = typeof expected === 'string' ? `^${expected.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$` : expected.source
    const found = this.page.waitForFunction(
      ([name, pattern]) => new RegExp(pattern).test(document.querySelector(`[data-${name}]`)?.textContent ?? ''),
      [name, pattern] as const,
      { timeout: PATIENCE_MS, polling: 50 },
    )
    await found.catch(async (error) => {
      throw new Error(`[data-${name}] did not read ${pattern}; the page says:\n${await this.page.locator('main').innerText()}`, {
        cause: error,
      })
    })
  }

  text(name: string): Promise<string> {
    return this.page.locator(`[data-${name}]`).innerText()
  }

  /** Makes a project with the cards named, and shows its board. Answers its id and the cards'. */
  async makeBoard(name: string, titles: string[]): Promise<{ projectId: string; taskIds: string[] }> {
    const made = await this.page.evaluate(
      async ([name, titles]) => {
        const projectId = levers.uuid()
        const tasks = titles.map((title) => ({ id: levers.uuid(), title }))
        await levers.run('createProject', { id: projectId, name })
        if (tasks.length > 0) await levers.run('createTasks', { projectId, tasks })
        return { projectId, taskIds: tasks.map((task) => task.id) }
      },
      [name, titles] as const,
    )
    await this.show(made.projectId)
    return made
  }

  show(projectId: string): Promise<void> {
    return this.page.evaluate((id) => levers.show(id), projectId)
  }

  run(name: string, input: unknown): Promise<{ ok: boolean; message?: string }> {
    return this.page.evaluate(([name, input]) => levers.run(name, input), [name, input] as const)
  }

  /** Adds a card; resolves when the command ran, which is before it is kept anywhere. */
  addCard(projectId: string, title: string): Promise<{ ok: boolean }> {
    return this.page.evaluate(([projectId, title]) => levers.run('createTasks', { projectId, tasks: [{ id: levers.uuid(), title }] }), [
      projectId,
      title,
    ] as const)
  }

  type(projectId: string, taskId: string, text: string): Promise<void> {
    return this.page.evaluate(([projectId, taskId, text]) => levers.type(projectId, taskId, text), [projectId, taskId, text] as const)
  }

  /** Begins a call with consequences and does not wait for it. */
  begin(procedure: string, rooms: string[]): Promise<void> {
    return this.page.evaluate(([procedure, rooms]) => void levers.call(procedure, { at: 1 }, rooms), [procedure, rooms] as const)
  }

  notices(): Promise<string[]> {
    return this.page.evaluate(() => levers.notices)
  }

  undo(): Promise<void> {
    return this.page.evaluate(() => levers.undo())
  }

  /** What the server does not have, as the file a person can save. */
  saveUnsent(): Promise<string> {
    return this.page.evaluate(() => levers.saveUnsent())
  }

  /** Has the browser clear what this page's origin keeps. */
  async clear(storageTypes: string): Promise<void> {
    const hand = await this.page.context().newCDPSession(this.page)
    await hand.send('Storage.clearDataForOrigin', { origin: new URL(this.page.url()).origin, storageTypes })
  }

  /** Gives this page's origin so much room, in bytes, until it gets another. The browser looks again only when more is wanted than there was. */
  async giveRoom(quotaSize: number): Promise<void> {
    const hand = await this.page.context().newCDPSession(this.page)
    await hand.send('Storage.overrideQuotaForOrigin', { origin: new URL(this.page.url()).origin, quotaSize })
  }

  bringBack(file: string): Promise<{ ok: boolean; message?: string }> {
    return this.page.evaluate((file) => levers.bringBack(file), file)
  }

  sql(sql: string): Promise<Record<string, unknown>[]> {
    return this.page.evaluate((sql) => levers.sql(sql), sql)
  }

  /** The titles on the board, in no order. */
  async titles(): Promise<string[]> {
    return (await this.page.locator('[data-task]').allInnerTexts()).sort()
  }
}
