import type { Process } from './schema.ts'

/** Programs that do nothing but check. */
const CHECKERS =
  /^(tsc|vue-tsc|vitest|jest|mocha|ava|tap|karma|cypress|playwright|eslint|biome|oxlint|prettier|stylelint|knip|pytest|unittest|tox|nox|ruff|mypy|pyright|flake8|pylint|black|rspec|rubocop|phpunit|phpstan|pest|ctest|gotestsum|golangci-lint|staticcheck|shellcheck|hadolint|ktlint|detekt|swiftlint|checkstyle)$/
/** Programs that do many things, among them what the words after them say. */
const RUNNERS =
  /^(npm|pnpm|yarn|bun|deno|node|cargo|go|dotnet|mvn|mvnw|gradle|gradlew|make|just|task|rake|rails|mix|swift|sbt|bazel|nx|turbo|composer|cmake|zig|stack|cabal)$/
const CHECKING = /^(t|tests?|spec|lint|check|checks|clippy|vet|verify|validate|build|compile|typecheck|types?|fmt|format)$/
/** Stand before the program that is run. */
const BEFORE = /^(npx|bunx|exec|dlx|run|time|env|poetry|uv|uvx|pipenv|bundle|python[\d.]*|-m|sudo|cross-env|\w+=.*)$/

/**
 * CHECK-1: whether a shell command checks the work (runs its tests, its linter, its compiler) and does not only look at it. Any part of it
 * is enough: `cd app && npm test`. What it cannot tell is no check.
 */
export const isCheck = (command: string): boolean => command.split(/&&|\|\|?|;|\n/).some(isCheckPart)

function isCheckPart(part: string): boolean {
  const words = part.trim().split(/\s+/).filter(Boolean)
  const at = words.findIndex((word) => !BEFORE.test(word))
  const program = words[at]?.split('/').at(-1) ?? ''
  if (CHECKERS.test(program)) return true
  const after = words.slice(at + 1)
  if (program === 'node') return after.includes('--test')
  if (!RUNNERS.test(program)) return false
  const asked = after.filter((word) => !word.startsWith('-') && !BEFORE.test(word))
  return CHECKERS.test(asked[0] ?? '') || asked.some((word) => word.split(/[:.]/).some((name) => CHECKING.test(name)))
}

type Check = Pick<Process, 'id' | 'runReason' | 'action' | 'status' | 'exitCode' | 'startedAt'>

/** CHECK-2: the checks among what ran for an attempt, in the order they began, each command once: as it ended last. */
export function checksAmong<C extends Check>(processes: readonly C[]): (C & { command: string })[] {
  const latest = new Map<string, C & { command: string }>()
  const checks = processes.filter(({ runReason }) => runReason === 'check')
  for (const check of checks.sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))) {
    const command = typeof check.action.command === 'string' ? check.action.command : ''
    latest.delete(command)
    latest.set(command, { ...check, command })
  }
  return [...latest.values()]
}
