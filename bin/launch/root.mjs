import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json: the same one for a source file and for what was bundled from it into `build/node/`. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder) {
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error('No package.json stands above this program; run it inside its repository.')
  return findRoot(above)
}
