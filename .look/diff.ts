import { mkdtemp, mkdir, writeFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { full } from '../bench/settings.ts'
import { withAgent, commitAll } from '../bench/rows/with-agent.ts'
import { COLUMNS } from '../bench/browser/project.ts'
import { stopTheRest } from '../bench/servers/process.ts'
const folder = await mkdtemp(path.join(tmpdir(), 'slipway-look-'))
const body = (w: string) => Array.from({ length: 900 }, (_, i) => (w === 'after' && i % 7 === 3) || i === 0 ? `export const ${w}${i} = ${i} // ${i % 70 === 3 ? 'a very long line indeed that goes on and on '.repeat(5) : w}` : `export const same${i} = ${i}`).join('\n')
const rewritten = (w: string) => Array.from({ length: 600 }, (_, i) => `  ${w} line number ${i}${i === 400 ? ' long '.repeat(50) : ''}`).join('\n')
try {
  await withAgent({ folder, settings: full, driver: null as any, say: console.error } as any, async () => {
    const made = path.join(folder, 'repository'); await mkdir(made)
    await writeFile(path.join(made, 'some.ts'), body('before')); await writeFile(path.join(made, 'all.ts'), rewritten('before')); await writeFile(path.join(made, 'small.ts'), 'one\ntwo\nthree\n')
    await commitAll(made); return made
  }, async ({ page, address, model }) => {
    model.says((request: any) => {
      if (!request.tools?.some((t: any) => t.function.name === 'write_file')) return undefined
      if (request.messages.some((m: any) => m.tool_calls?.some((c: any) => c.function.name === 'write_file'))) return undefined
      return { text: 'x', calls: [['some.ts', body('after')], ['all.ts', rewritten('after')], ['small.ts', 'uno\ndue\nthree\nfour\n']].map(([p, content]) => ({ name: 'write_file', arguments: { path: p, content } })) }
    })
    await page.goto(address)
    await page.evaluate((c) => window.stopwatch.boardReady(c), COLUMNS)
    const [task] = await page.evaluate((c) => window.stopwatch.ids(c), 'backlog')
    await page.goto(`${address}/tasks/${task}`)
    await page.getByRole('button', { name: /^Start/ }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('region', { name: 'Attempt 1' }).getByText('succeeded').waitFor({ timeout: 120_000 })
    await page.getByRole('tab', { name: /Diff/ }).click()
    for (const f of ['all.ts']) await page.getByRole('region', { name: f, exact: true }).getByRole('button').first().click()
    const lines = page.getByRole('region', { name: 'Lines of all.ts' })
    await lines.waitFor()
    await page.screenshot({ path: '/tmp/d1.png' })
    await lines.focus()
    for (let i = 0; i < 300; i++) await page.keyboard.press('j')
    await page.waitForTimeout(300)
    await page.screenshot({ path: '/tmp/d2.png' })
    await page.getByRole('radio', { name: 'Split' }).click()
    await page.waitForTimeout(500)
    await page.screenshot({ path: '/tmp/d3.png' })
    const where = async (f: string) => { await page.waitForTimeout(400); console.log(f, await page.evaluate((f) => { const r = document.querySelector('[aria-label="Changes"]')!.getBoundingClientRect().top; return document.querySelector(`[data-file="${f}"]`)!.getBoundingClientRect().top - r }, f)) }
    await page.getByRole('navigation', { name: /iles/ }).getByRole('button', { name: 'small.ts' }).click(); await where('small.ts')
    await page.waitForTimeout(300)
    await page.screenshot({ path: '/tmp/d4.png' })
    await page.getByRole('radio', { name: 'Unified' }).click()
    for (const f of ['all.ts', 'some.ts', 'small.ts', 'all.ts', 'small.ts', 'some.ts']) { await page.getByRole('navigation', { name: /iles/ }).getByRole('button', { name: f }).first().click(); await where(f) }
    await page.emulateMedia({ colorScheme: 'dark' }); await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('region', { name: 'Changes', exact: true }).evaluate((r) => { r.querySelector('[data-file="some.ts"]')!.scrollIntoView(); r.scrollBy(0, 900) })
    await page.waitForTimeout(500)
    await page.screenshot({ path: '/tmp/d5.png' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.waitForTimeout(300)
    await page.screenshot({ path: '/tmp/d6.png' })
    return []
  })
} finally { await rm(folder, { recursive: true, force: true }); await stopTheRest() }
process.exit(0)
