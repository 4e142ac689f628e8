import { basename } from 'node:path'
import type { TurnResults } from '#domain/sessions/protocol.ts'
import type { Repository } from './repository.ts'

/** What linking a repository tells: its name, where it came from, its branches, and whether somebody is in the middle of something. */
export async function inspectRepository({ path, git }: Repository): Promise<TurnResults['inspectRepo']> {
  const [remote, current, originHead, refs, dirt] = await Promise.all([
    git.ask('config', '--get', 'remote.origin.url'),
    git.ask('symbolic-ref', '--quiet', '--short', 'HEAD'),
    git.ask('symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'),
    git('for-each-ref', '--sort=-committerdate', '--format=%(refname:lstrip=2) %(objectname)', 'refs/heads'),
    git('status', '--porcelain', '-z', '--ignore-submodules=all'),
  ])
  const heads = new Map(
    refs
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ') as [string, string]),
  )
  const names = [...heads.keys()]
  const fromOrigin = originHead?.trim().replace('refs/remotes/origin/', '')
  const wanted = [fromOrigin, current?.trim(), 'main', 'master', names[0]].filter((name): name is string => Boolean(name))
  // A repository without a commit has a branch name but no branch yet.
  const defaultBranch = wanted.find((name) => heads.has(name)) ?? wanted[0] ?? 'main'
  return {
    path,
    name: basename(path),
    remoteUrl: withoutCredentials(remote?.trim() || null),
    defaultBranch,
    headCommit: heads.get(defaultBranch) ?? null,
    branches: names,
    dirty: dirt !== '',
  }
}

/** GIT-4: a remote's address without the name and password that may stand in it, because it is shown to everybody. */
export function withoutCredentials(url: string | null): string | null {
  return url?.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1') ?? null
}
