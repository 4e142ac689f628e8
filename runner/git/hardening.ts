/**
 * GIT-1: what every git call of the runner is told before anything a repository says. A repository's own configuration is
 * treated as hostile: nothing in it may start a program, leave the machine, or run a hook.
 */
const FIXED: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.untrackedCache', 'false'],
  ['core.sshCommand', 'false'],
  ['core.askPass', ''],
  ['core.editor', 'true'],
  ['core.pager', 'cat'],
  ['core.quotePath', 'false'],
  ['core.protectHFS', 'true'],
  ['core.protectNTFS', 'true'],
  ['credential.helper', ''],
  ['protocol.allow', 'never'],
  ['protocol.ext.allow', 'never'],
  ['commit.gpgSign', 'false'],
  ['tag.gpgSign', 'false'],
  ['log.showSignature', 'false'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  // Worktrees live as long as attempts do: nothing may be collected from under them.
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['checkout.workers', '0'],
]

/** Who the product commits as. */
export const AUTHOR = { name: 'AI System', email: 'ai@slipway.local' } as const

/** Names of settings that start programs, with the value that disarms each. A merge driver answers "conflict", never "took ours". */
const ARMED: readonly (readonly [RegExp, string])[] = [
  [/^filter\..+\.(clean|smudge|process)$/i, ''],
  [/^filter\..+\.required$/i, 'false'],
  [/^merge\..+\.driver$/i, 'false'],
  [/^diff\..+\.(command|textconv)$/i, ''],
  [/^diff\.external$/i, ''],
  [/^credential\..+\.helper$/i, ''],
  [/^protocol\..+\.allow$/i, 'never'],
  [/^gpg\.(.+\.)?program$/i, 'false'],
]

/** GIT-2: for each setting of a repository that would start a program, the override that stops it. */
export function disarm(namesOfSettings: readonly string[]): [string, string][] {
  const overrides = new Map<string, string>()
  for (const name of namesOfSettings) {
    for (const [pattern, value] of ARMED) if (pattern.test(name)) overrides.set(name, value)
  }
  return [...overrides]
}

/**
 * The whole environment a git process sees: nothing is inherited but the search path. Settings travel by
 * `GIT_CONFIG_COUNT`, because a name with `=` in it would break `-c name=value`.
 */
export function gitEnvironment(
  searchPath: string,
  home: string,
  overrides: readonly (readonly [string, string])[],
): Record<string, string> {
  const env: Record<string, string> = {
    PATH: searchPath,
    HOME: home,
    XDG_CONFIG_HOME: home,
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_AUTHOR_NAME: AUTHOR.name,
    GIT_AUTHOR_EMAIL: AUTHOR.email,
    GIT_COMMITTER_NAME: AUTHOR.name,
    GIT_COMMITTER_EMAIL: AUTHOR.email,
  }
  const settings = [...FIXED, ...overrides]
  env.GIT_CONFIG_COUNT = String(settings.length)
  settings.forEach(([name, value], at) => {
    env[`GIT_CONFIG_KEY_${at}`] = name
    env[`GIT_CONFIG_VALUE_${at}`] = value
  })
  return env
}
