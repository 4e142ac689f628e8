import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { complete, entriesWithHosts, missingEntries } from '../../bin/complete-lockfile.mjs'

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

test('LOCK-1 every optional dependency of a locked package is locked too, so that npm ci works on every platform', () => {
  expect(Object.keys(missingEntries(lock)), 'cure: node bin/complete-lockfile.mjs').toEqual([])
})

test('LOCK-2 no entry names the host it was downloaded from', () => {
  expect(entriesWithHosts(lock), 'cure: node bin/complete-lockfile.mjs').toEqual([])
})

test('LOCK-3 the manifest asks for exact versions, and the lock agrees with it', () => {
  const all: Record<string, string> = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  // A package that stands here under another name than its own says so: `npm:its-name@version`.
  const asked = Object.entries(all).map(([name, version]) => [name, version.replace(/^npm:.+@/, '')] as const)
  expect(asked.filter(([, version]) => !/^\d/.test(version))).toEqual([])
  expect(asked.filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)).toEqual([])
})

test('LOCK-4 a platform package that was not seen is completed with the platform its name tells', () => {
  const poor = {
    packages: {
      '': {},
      'node_modules/built': {
        dev: true,
        optionalDependencies: { '@built/linux-x64-musl': '1.2.3', '@built/darwin-arm64': '^1.2.3', here: '1.0.0' },
      },
      'node_modules/here': { version: '2.0.0', resolved: 'https://registry.example/here.tgz', integrity: 'sha512-x' },
    },
  }
  expect(complete(poor).packages).toMatchObject({
    'node_modules/@built/linux-x64-musl': { version: '1.2.3', os: ['linux'], cpu: ['x64'], libc: ['musl'], dev: true, optional: true },
    'node_modules/@built/darwin-arm64': { version: '1.2.3', os: ['darwin'], cpu: ['arm64'], dev: true, optional: true },
    'node_modules/built/node_modules/here': { version: '1.0.0', optional: true },
    'node_modules/here': { version: '2.0.0', integrity: 'sha512-x' },
  })
  expect(entriesWithHosts(complete(poor))).toEqual([])
  expect(missingEntries(complete(poor))).toEqual({})
})
