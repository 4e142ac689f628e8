import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TurnResults } from '#domain/sessions/protocol.ts'
import { stopTurn } from '#runner/turn-stop.ts'
import { type GitMachine, gitIn } from './git.ts'

/** Makes a new repository with a first commit under `folder`. It appears complete or not at all. */
export async function createRepository(machine: GitMachine, folder: string, title: string): Promise<TurnResults['createRepo']> {
  await mkdir(folder, { recursive: true })
  const draft = await mkdtemp(join(folder, '.new-'))
  try {
    const git = gitIn(machine, { cwd: draft })
    await git('init', '--quiet', '--initial-branch=main')
    const words = title.replace(/[\p{C}]+/gu, ' ').trim() || 'New project'
    await writeFile(join(draft, 'README.md'), `# ${words}\n`)
    await git('add', '--', 'README.md')
    await git('commit', '--quiet', '--no-verify', '-m', 'docs: add the readme')
    const headCommit = (await git('rev-parse', 'HEAD')).trim()
    const { path, name } = await settle(draft, folder, slug(words))
    return { path, name, remoteUrl: null, defaultBranch: 'main', headCommit, branches: ['main'], dirty: false }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

/** Renames the draft to the first free name; a rename onto a folder that holds anything fails, so two at once never meet. */
async function settle(draft: string, folder: string, stem: string): Promise<{ path: string; name: string }> {
  for (let number = 1; number < 1000; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`
    const path = join(folder, name)
    try {
      await rename(draft, path)
      return { path, name }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOTDIR') throw error
    }
  }
  throw stopTurn(`There are too many repositories called ${stem} in ${folder}. Choose another name.`)
}

function slug(words: string): string {
  const latin = words
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return latin.slice(0, 40).replace(/^-+|-+$/g, '') || 'repository'
}
