import { defineConfig } from 'vitest/config'

/**
 * Three kinds of test, told apart by where they stand: `unit` beside the code, `simulations` from a seed, `faults` with
 * real processes. Stories in a browser are Playwright's.
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    // One more than the two processors: somebody always waits for a process or a browser.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,sync-server,runner,domain,bin,bench}/**/*.test.{ts,tsx}', 'tests/{checks,harness,fakes,replica}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'simulations',
          include: ['tests/simulations/**/*.test.ts'],
          setupFiles: ['tests/simulations/kernel/virtual-globals.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
