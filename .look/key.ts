import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { full } from '../bench/settings.ts'
import { inBrowser } from '../bench/rows/in-browser.ts'
import { person, signIn } from '../bench/browser/browser.ts'
import { COLUMNS, makeProject } from '../bench/browser/project.ts'
import { addressOf } from '../bench/servers/slipway.ts'
import { stopTheRest } from '../bench/servers/process.ts'
const folder = await mkdtemp(path.join(tmpdir(), 'slipway-key-'))
try {
  await inBrowser({ folder, settings: full, driver: null as any, say: console.error } as any, async (browser, up) => {
    const { id } = await makeProject(up.target, 1000)
    const page = await signIn(await person(browser), addressOf(up.target), up.target.token ?? '')
    await page.goto(`${addressOf(up.target)}/projects/${id}`)
    await page.evaluate((c) => window.stopwatch.boardReady(c), COLUMNS)
    for (let i = 0; i < 3; i++) {
    const cid = (await page.evaluate((c) => window.stopwatch.ids(c)[0], 'backlog')) ?? ''
    await page.locator(`[data-key="${cid}"]`).focus()
    await page.waitForTimeout(100)
    console.log(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)))
    await page.keyboard.press(']')
    await page.waitForTimeout(500)
    console.log(cid, await page.evaluate((c) => window.stopwatch.ids(c)[0], 'backlog'))
    await page.screenshot({ path: '/tmp/key.png' })
    }
    return []
  })
} finally { await rm(folder, { recursive: true, force: true }); await stopTheRest() }
process.exit(0)
