import { mkdtemp, writeFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { full } from '../bench/settings.ts'
import { inBrowser } from '../bench/rows/in-browser.ts'
import { person, signIn } from '../bench/browser/browser.ts'
import { COLUMNS, makeProject } from '../bench/browser/project.ts'
import { addressOf } from '../bench/servers/slipway.ts'
import { stopTheRest } from '../bench/servers/process.ts'
const [BACKLOG = '', TODO = ''] = COLUMNS
const N = Number(process.env.N ?? 40)
const folder = await mkdtemp(path.join(tmpdir(), 'slipway-drag-'))
try {
  await inBrowser({ folder, settings: full, driver: null as any, say: console.error } as any, async (browser, up) => {
    const target = up.target
    const { id } = await makeProject(target, Number(process.env.CARDS ?? 10000))
    const page = await signIn(await person(browser), addressOf(target), target.token ?? '')
    await page.goto(`${addressOf(target)}/projects/${id}`)
    await page.evaluate((c) => window.stopwatch.boardReady(c), COLUMNS)
    await page.evaluate(() => window.stopwatch.listen())
    await page.waitForTimeout(Number(process.env.WAIT ?? 30000))
    const session = await page.context().newCDPSession(page)
    const out: any[] = []
    const one = async (from: string, to: string) => {
      const cid = (await page.evaluate((c) => window.stopwatch.ids(c)[0], from)) ?? ''
      const [start, end] = [await page.locator(`[data-key="${cid}"]`).boundingBox(), await page.getByRole('grid', { name: `Cards in ${to}` }).getByRole('row').first().boundingBox()]
      if (!start || !end) throw new Error('no')
      await page.evaluate(([card, column]) => { window.stopwatch.drops.length = 0; window.stopwatch.projected.clear(); Object.assign(window, { waiting: window.stopwatch.inColumn(card ?? '', column ?? '') }) }, [cid, to])
      await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
      await page.mouse.down()
      await page.mouse.move(end.x + end.width / 2, end.y + 12, { steps: 8 })
      await page.mouse.up()
      out.push(await page.evaluate(async (card) => {
        const { drops, projected } = window.stopwatch
        const { changed, drawing, at } = await (window as any).waiting
        while (!projected.has(card)) await new Promise((r) => setTimeout(r, 5))
        const d = drops[0] ?? NaN
        return { changed: changed - d, drawing, painted: changed - d + drawing, seen: at - d, projected: (projected.get(card) ?? NaN) - d }
      }, cid))
    }
    for (let i = 0; i < 4; i++) await one(i % 2 ? TODO : BACKLOG, i % 2 ? BACKLOG : TODO)
    out.length = 0
    if (process.env.COUNT) {
      await session.send('Profiler.enable'); await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false }); await session.send('Profiler.takePreciseCoverage')
      for (let i = 0; i < 4; i++) {
        const cid = (await page.evaluate((c) => window.stopwatch.ids(c)[0], i % 2 ? TODO : BACKLOG)) ?? ''
        void cid
        await one(i % 2 ? TODO : BACKLOG, i % 2 ? BACKLOG : TODO)
      }
      const { result } = await session.send('Profiler.takePreciseCoverage')
      const counts: [string, number][] = []
      for (const f of result) for (const fn of f.functions) { const c = fn.ranges[0]?.count ?? 0; if (c > 3) counts.push([`${fn.functionName || '(anon@' + fn.ranges[0]?.startOffset + ')'} ${f.url.split('/').pop()}`, c / 4]) }
      counts.sort((a, b) => b[1] - a[1])
      await writeFile('/tmp/counts.txt', counts.map(([n, c]) => `${c}\t${n}`).join('\n'))
      await session.send('Profiler.stopPreciseCoverage')
      return []
    }
    if (process.env.PROFILE) { await session.send('Profiler.enable'); await session.send('Profiler.setSamplingInterval', { interval: 100 }); await session.send('Profiler.start') }
    if (process.env.TRACE) await browser.startTracing(page, { path: '/tmp/drag-trace.json', categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'disabled-by-default-v8.cpu_profiler', 'toplevel', 'v8.execute', 'blink.user_timing', 'cc', 'benchmark'] })
    for (let i = 0; i < N; i++) await one(i % 2 ? TODO : BACKLOG, i % 2 ? BACKLOG : TODO)
    if (process.env.TRACE) await browser.stopTracing()
    if (process.env.PROFILE) { const { profile } = await session.send('Profiler.stop'); await writeFile('/tmp/drag.cpuprofile', JSON.stringify(profile)) }
    const q = (k: string, p: number) => { const s = out.map((o) => o[k]).sort((a, b) => a - b); return s[Math.min(s.length - 1, Math.floor(p * s.length))].toFixed(1) }
    for (const k of ['changed', 'drawing', 'painted', 'seen', 'projected']) console.log(k, 'p50', q(k, 0.5), 'p95', q(k, 0.95))
    return []
  })
} finally { await rm(folder, { recursive: true, force: true }); await stopTheRest() }
process.exit(0)
