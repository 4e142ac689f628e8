import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.join(import.meta.dirname, '..', '..')

/** The rows of the browser need the built app; builds it where it is not there yet. */
export function needBuiltApp(say: (sentence: string) => void): void {
  if (existsSync(path.join(ROOT, 'build', 'client', 'index.html'))) return
  say('building the app …')
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The app could not be built: ${built.stderr.trim().split('\n').at(-1) ?? 'npm run build failed'}`)
}
