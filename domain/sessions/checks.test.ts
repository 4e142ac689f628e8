import { expect, test } from 'vitest'
import { checksAmong, isCheck } from './checks.ts'

test.each([
  'npm test',
  'npm run test:unit -- --watch=false',
  'npm run -s lint',
  'pnpm exec tsc --noEmit',
  'npx vitest run src/a.test.ts',
  './node_modules/.bin/eslint .',
  'cd app && yarn lint',
  'CI=1 python3 -m pytest -q | tail -5',
  'uv run ruff check .',
  'cargo clippy --all',
  'go vet ./...',
  './gradlew build',
  'make check',
  'node --test',
  'bundle exec rspec',
])('CHECK-1 %s checks the work', (command) => {
  expect(isCheck(command)).toBe(true)
})

test.each([
  'ls test',
  'cat package.json',
  'npm install prettier',
  'test -f a.txt',
  'grep -r lint src',
  'git status',
  'mkdir -p build',
  'node app.js',
  '',
])('CHECK-1 “%s” does not', (command) => {
  expect(isCheck(command)).toBe(false)
})

test('CHECK-2 a check that was run again is told once, as it ended last', () => {
  const ran = (id: string, command: string, startedAt: number, exitCode: number | null, runReason: 'check' | 'codingAgent' = 'check') => ({
    id,
    runReason,
    action: { command },
    status: exitCode === 0 ? ('completed' as const) : ('failed' as const),
    exitCode,
    startedAt,
  })
  const all = [
    ran('c', 'npm test', 3, 0),
    ran('a', 'npm test', 1, 1),
    ran('b', 'npm run lint', 2, 2),
    ran('d', 'builtin', 0, 0, 'codingAgent'),
  ]
  expect(checksAmong(all).map(({ command, exitCode }) => [command, exitCode])).toEqual([
    ['npm run lint', 2],
    ['npm test', 0],
  ])
})
