import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './root.mjs'

const PACKAGE = '@team/oar'
const CONVENTION = '/@team/oar/-/oar-1.2.3.tgz'
const ANOTHER = '/download/oar/1.2.3'

let folder: string
let tarball: Buffer
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-install-'))
  mkdirSync(join(folder, 'package'))
  writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify({ name: PACKAGE, version: '1.2.3' }))
  tarball = execFileSync('tar', ['-cz', '-C', folder, 'package'])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A registry that has one package, at one address, and answers `elsewhere` to any other. */
async function registryWith(address: string, elsewhere = 404): Promise<{ server: Server; url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    asked.push(path)
    const { port } = server.address() as AddressInfo
    const dist = { tarball: `http://127.0.0.1:${port}${address}`, integrity: integrity() }
    if (path === address) response.end(tarball)
    else if (path === `/${PACKAGE}`)
      response.end(
        JSON.stringify({
          name: PACKAGE,
          'dist-tags': { latest: '1.2.3' },
          versions: { '1.2.3': { name: PACKAGE, version: '1.2.3', dist } },
        }),
      )
    else response.writeHead(elsewhere).end('{}')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const integrity = (): string => `sha512-${createHash('sha512').update(tarball).digest('base64')}`

/** A checkout that wants that package, with an installation of an older state in it. */
function checkout(name: string, registry: string): string {
  const root = join(folder, name)
  mkdirSync(join(root, 'node_modules', 'left-over'), { recursive: true })
  const dependencies = { [PACKAGE]: '1.2.3' }
  const locked = { version: '1.2.3', integrity: integrity() }
  const packages = { '': { name: 'boat', dependencies }, [`node_modules/${PACKAGE}`]: locked }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'boat', dependencies }))
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ name: 'boat', lockfileVersion: 3, packages }))
  writeFileSync(join(root, '.npmrc'), `registry=${registry}/\ncache=${join(root, 'cache')}\nfetch-retries=0\n`)
  return root
}

/** Installs in a process of its own, as this one has to answer as the registry. */
function installIn(root: string): Promise<{ code: number | null; said: string }> {
  const program = `import { install } from ${JSON.stringify(join(ROOT, 'bin/launch/install.mjs'))}; install(${JSON.stringify(root)})`
  // A lockfile does not say where the registry is; a person's own settings may, and must not here.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)))
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
  return new Promise((answer) => child.once('close', (code) => answer({ code, said })))
}

test('START-5 packages come from where registries have them without asking; one that has them elsewhere is asked', async () => {
  for (const [address, elsewhere] of [[CONVENTION, 404] as const, [ANOTHER, 404] as const, [ANOTHER, 403] as const]) {
    const { server, url, asked } = await registryWith(address, elsewhere)
    const root = checkout(`${address.split('/')[1]}-${elsewhere}`, url)
    const { code, said } = await installIn(root)
    server.close()
    expect(code, said).toBe(0)
    expect(asked).toEqual(address === CONVENTION ? [CONVENTION] : [CONVENTION, `/${PACKAGE}`, ANOTHER])
    expect(JSON.parse(readFileSync(join(root, 'node_modules', PACKAGE, 'package.json'), 'utf8')).version).toBe('1.2.3')
    expect(existsSync(join(root, 'node_modules', 'left-over'))).toBe(false)
    expect(existsSync(join(root, 'build', 'installing'))).toBe(false)
  }
})

test('START-5 what npm cannot get is said once, and what was installed before is still there', async () => {
  const { server, url } = await registryWith(CONVENTION)
  const root = checkout('cut-off', url)
  server.close()
  const { code, said } = await installIn(root)
  expect(code).toBe(1)
  expect(said).toMatch(/could not be installed\. npm says: .*ECONNREFUSED/)
  expect(existsSync(join(root, 'node_modules', 'left-over'))).toBe(true)
})
