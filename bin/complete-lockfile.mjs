// A lockfile made where some platforms' packages cannot be downloaded lacks their entries, and `npm ci` then stops with
// "Missing: … from lock file", or a Mac installs nothing where Linux has a binary. Every optional dependency of a locked
// package gets an entry here, whether this machine could see it or not; and no entry names the host it came from.
//
//   node bin/complete-lockfile.mjs          completes package-lock.json
//   node bin/complete-lockfile.mjs --check  only says what is missing (exit code 1)
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const CPU = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** The entries a lock has to gain, by path. */
export function missingEntries(lock) {
  const missing = {}
  for (const [path, parent] of Object.entries(lock.packages)) {
    for (const [name, spec] of Object.entries(parent.optionalDependencies ?? {})) {
      if (isLocked(lock, path, name, spec)) continue
      const taken = lock.packages[`node_modules/${name}`] ?? missing[`node_modules/${name}`]
      const version = spec.replace(/^[\^~]/, '')
      const at = taken && taken.version !== version ? `${path}/node_modules/${name}` : `node_modules/${name}`
      missing[at] = { version, ...platformOf(name), ...(parent.dev ? { dev: true } : {}), optional: true }
    }
  }
  return missing
}

/** The paths of entries that name where they were downloaded from. */
export function entriesWithHosts(lock) {
  return Object.keys(lock.packages).filter((path) => lock.packages[path].resolved !== undefined && !lock.packages[path].link)
}

/** The same lock with every entry in place and no host named. */
export function complete(lock) {
  const all = { ...lock.packages, ...missingEntries(lock) }
  for (const path of entriesWithHosts(lock)) all[path] = Object.fromEntries(Object.entries(all[path]).filter(([key]) => key !== 'resolved'))
  const paths = Object.keys(all).sort((a, b) => (a === b ? 0 : a === '' || (b !== '' && a.localeCompare(b, 'en') < 0) ? -1 : 1))
  return { ...lock, packages: Object.fromEntries(paths.map((path) => [path, all[path]])) }
}

/** Looks for a package the way Node would: beside the parent, then in every folder above. */
function isLocked(lock, parentPath, name, spec) {
  const exact = /^\d/.test(spec) ? spec : undefined
  return foldersAbove(parentPath).some((folder) => {
    const found = lock.packages[`${folder}node_modules/${name}`]
    return found !== undefined && (exact === undefined || found.version === exact)
  })
}

/** `node_modules/a/node_modules/b` → itself, `node_modules/a`, and the root, each with its slash. */
function foldersAbove(path) {
  const folders = []
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) folders.push(`${at}/`)
  return [...folders, '']
}

/** Reads os, cpu and libc out of a platform package's name, as its own package.json would say them. */
function platformOf(name) {
  const words = name.slice(name.indexOf('/') + 1).split('-')
  const os = OS.find((candidate) => words.includes(candidate))
  const cpu = CPU.find((candidate) => words.includes(candidate))
  const musl = words.some((word) => word.startsWith('musl'))
  const gnu = words.some((word) => word.startsWith('gnu'))
  const libc = os === 'linux' && musl ? ['musl'] : os === 'linux' && gnu ? ['glibc'] : undefined
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc } : {}), ...(os ? { os: [os] } : {}) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../package-lock.json', import.meta.url)
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = Object.keys(missingEntries(lock))
  const hosts = entriesWithHosts(lock)
  if (process.argv.includes('--check')) {
    for (const path of missing) console.log(`missing: ${path}`)
    for (const path of hosts) console.log(`names a host: ${path}`)
    if (missing.length + hosts.length) console.log('Cure: node bin/complete-lockfile.mjs')
    process.exitCode = missing.length + hosts.length ? 1 : 0
  } else {
    writeFileSync(file, `${JSON.stringify(complete(lock), null, 2)}\n`)
    console.log(`package-lock.json: ${missing.length} entries added, ${hosts.length} hosts taken out.`)
  }
}
