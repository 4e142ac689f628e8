import { withBrowser, person, framesWhile } from '../bench/browser/browser.ts'
await withBrowser(async (browser) => {
  const page = await (await person(browser)).newPage()
  await page.goto('data:text/html,<p>hi</p>')
  console.log(await page.evaluate(() => PerformanceObserver.supportedEntryTypes))
  console.log(await framesWhile(page, async () => { await page.evaluate(() => new Promise((r) => setTimeout(() => { const e = performance.now() + 90; while (performance.now() < e); document.querySelector('p')!.textContent = 'x'; r(0) }, 10))); await page.waitForTimeout(300) }))
})
process.exit(0)
