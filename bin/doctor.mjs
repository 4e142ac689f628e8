// npm run doctor: looks at everything a start needs and says in words what is missing and how to cure it.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { askDatabase } from './launch/ask-database.mjs'
import { isBuilt } from './launch/build.mjs'
import { isBundled } from './launch/bundle.mjs'
import { findForTests } from './launch/chromium.mjs'
import { whatIsLacking } from './launch/install.mjs'
import { gitVersion, isOlder, OLDEST_GIT } from './launch/machine.mjs'
import { ROOT } from './launch/root.mjs'
import { BAD, GOOD, NOTE } from './launch/verdicts.mjs'

const port = Number(process.env.PORT || 4600)
const data = resolve(process.env.SLIPWAY_DATA || './.slipway')

const looks = [
  lookAtNode,
  lookAtGit,
  lookAtPackages,
  lookAtBuild,
  lookAtDatabase,
  lookAtDisk,
  lookAtFiles,
  lookAtMemory,
  lookAtSandbox,
  lookAtBrowser,
  lookAtServer,
]
let bad = 0
for (const look of looks) {
  const [verdict, sentence] = await look()
  if (verdict === BAD) bad++
  console.log(`${verdict}  ${sentence}`)
}
console.log(bad === 0 ? 'Slipway can start here.' : `${bad === 1 ? 'One thing stands' : `${bad} things stand`} in the way.`)
process.exitCode = bad === 0 ? 0 : 1

function lookAtNode() {
  const node = process.versions.node
  if (isOlder(node, [20, 11])) return [BAD, `Node ${node} is too old: install 20.11 or newer, best 24.`]
  return isOlder(node, [22, 0]) ? [NOTE, `Node ${node} works and no longer gets security fixes: 24 is better.`] : [GOOD, `Node ${node}.`]
}

function lookAtGit() {
  const git = gitVersion()
  if (!git) return [BAD, 'git is missing: install it (Debian: apt install git).']
  return isOlder(git, OLDEST_GIT) ? [BAD, `git ${git} is too old: install ${OLDEST_GIT.join('.')} or newer.`] : [GOOD, `git ${git}.`]
}

function lookAtPackages() {
  const lacking = whatIsLacking(ROOT)
  return lacking
    ? [NOTE, `The packages will be installed at the next start (${lacking}).`]
    : [GOOD, 'The packages are installed as the lockfile says.']
}

function lookAtBuild() {
  if (!isBuilt(ROOT)) return [NOTE, 'The app will be built at the next start.']
  if (!isBundled(ROOT)) return [NOTE, 'Server and runner will be bundled at the next start.']
  return [GOOD, 'App, server and runner are built from the sources as they are.']
}

/** A database elsewhere is asked before a start relies on it; the embedded one needs something of the system. */
async function lookAtDatabase() {
  if (process.env.DATABASE_URL) return await askDatabase(process.env.DATABASE_URL)
  if (process.platform !== 'linux') return [GOOD, 'The database has what it needs from the system.']
  const glibc = process.report?.getReport()?.header?.glibcVersionRuntime
  return glibc
    ? [GOOD, `glibc ${glibc}, which the embedded PostgreSQL needs.`]
    : [BAD, 'This system has no glibc (Alpine?), and the embedded PostgreSQL needs it: set DATABASE_URL to a PostgreSQL of yours.']
}

function lookAtDisk() {
  const free = statfsSync(existsSync(data) ? data : ROOT)
  const gigabytes = (free.bavail * free.bsize) / 1e9
  return gigabytes < 1
    ? [BAD, `Only ${gigabytes.toFixed(1)} GB are free: make room for at least 1 GB.`]
    : [GOOD, `${gigabytes.toFixed(0)} GB are free on the disk.`]
}

/** Pictures, files and changes: what is never in the database's own files. */
function lookAtFiles() {
  const folder = join(data, 'blobs')
  if (!existsSync(folder)) return [GOOD, 'No pictures or changes are stored here yet.']
  const sizes = readdirSync(folder, { recursive: true }).flatMap((name) => {
    const found = statSync(join(folder, String(name)), { throwIfNoEntry: false })
    return found?.isFile() ? found.size : []
  })
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6
  return [
    GOOD,
    `${sizes.length} pictures and changes take ${megabytes.toFixed(1)} MB. Unused pictures go by themselves (Settings, About says how many).`,
  ]
}

function lookAtMemory() {
  const gigabytes = totalmem() / 1e9
  return gigabytes < 2
    ? [NOTE, `${gigabytes.toFixed(1)} GB of memory: building may be slow.`]
    : [GOOD, `${gigabytes.toFixed(0)} GB of memory.`]
}

function lookAtSandbox() {
  if (process.platform !== 'linux')
    return [NOTE, 'The sandbox for commands exists on Linux only: agents will read and write files and run nothing.']
  const works = spawnSync('bwrap', ['--ro-bind', '/', '/', '--unshare-all', 'true']).status === 0
  return works
    ? [GOOD, 'bubblewrap works: agents may run commands, in a sandbox.']
    : [
        NOTE,
        'bubblewrap is missing or not allowed here: agents will read and write files and run nothing (Debian: apt install bubblewrap).',
      ]
}

function lookAtBrowser() {
  const chromium = findForTests()
  return chromium ? [GOOD, `Browser tests will use ${chromium}.`] : [NOTE, 'No Chromium was found; npm test will install one.']
}

/** A port somebody listens on is ours when it answers as ours does. */
async function lookAtServer() {
  const taken = await new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => answer(true)).on('error', () => answer(false))
    socket.setTimeout(2_000, () => answer(false)).on('connect', () => socket.end())
  })
  if (!taken) return [GOOD, `Port ${port} is free.`]
  const version = await fetch(`http://127.0.0.1:${port}/version`).then(
    (reply) => (reply.ok ? reply.text() : undefined),
    () => undefined,
  )
  return version
    ? [GOOD, `A Slipway server is running on port ${port} (${version.trim().slice(0, 60)}).`]
    : [BAD, `Port ${port} is taken by another program: stop it, or set PORT.`]
}
