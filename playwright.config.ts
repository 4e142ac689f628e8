import { defineConfig } from '@playwright/test'
import { testBrowser } from './bin/launch/chromium.mjs'

/** Stories: real servers, real browsers; each story has a server, a database and a data folder of its own. */
export default defineConfig({
  testDir: 'tests/stories',
  testMatch: '**/*.story.ts',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 1_200_000,
  expect: { timeout: 120_000 },
  reporter: 'list',
  use: {
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 180_000,
    // Without pictures of every step, which cost a quarter of the processor time of all stories: `--trace on` has them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
    launchOptions: testBrowser(),
  },
})
