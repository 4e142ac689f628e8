import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest begins first: begun last, it would keep one processor busy while the other has nothing left. */
const LONGEST = [
  'tests/faults/runner-kill',
  'tests/faults/browser-kill',
  'tests/replica/replica',
  'runner/turns/run-turn',
  'tests/faults/server-kill',
  'tests/faults/',
  'tests/simulations/',
  'runner/',
  'sync-server/',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((path) => moduleId.includes(`/${path}`))
      return at < 0 ? LONGEST.length : at
    }
    return [...files].sort((one, two) => rank(one) - rank(two) || (one.moduleId < two.moduleId ? -1 : 1))
  }
}

/**
 * Three kinds of test, told apart by where they stand: `unit` beside the code, `simulations` from a seed, `faults` with
 * real processes. Stories in a browser are Playwright's.
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    // One more than the two processors: somebody always waits for a process or a browser.
    maxWorkers: 3,
    // Files of a worker share their modules: to load them anew for each cost as much processor time as to run them.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{app,sync-server,runner,domain,bin,bench}/**/*.test.{ts,tsx}',
            'tests/{checks,harness,fakes,replica,stores}/**/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'simulations',
          include: ['tests/simulations/**/*.test.ts'],
          // A worker of its own: time itself is another one here, also for libraries that take hold of it when they are loaded.
          isolate: true,
          setupFiles: ['tests/simulations/kernel/virtual-globals.ts'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: 900_000, hookTimeout: 180_000 },
      },
    ],
  },
})
