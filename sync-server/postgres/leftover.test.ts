import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { clearLeftover, isAlive } from './leftover.ts'

let data: string
let folder: string
let sockets: string
beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'slipway-leftover-'))
  folder = path.join(data, 'postgres')
  sockets = path.join(data, 'socket')
  await mkdir(folder)
  await mkdir(sockets)
})
afterEach(() => rm(data, { recursive: true, force: true }))

it('what a dead PostgreSQL left is taken away, though its number lives on: the pid file, and the lock of its socket', async () => {
  // This very process has the number, and it is no PostgreSQL; so is one that died and was not yet buried.
  await writeFile(path.join(folder, 'postmaster.pid'), `${process.pid}\n${folder}\n`)
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock', 'something else'])
    await writeFile(path.join(sockets, name), `${process.pid}\n`)
  await clearLeftover(folder, sockets)
  expect([await readdir(folder), await readdir(sockets)]).toEqual([[], ['something else']])
})

it('a start that was refused for the sake of such a lock leaves it alone behind: it goes too', async () => {
  await writeFile(path.join(sockets, '.s.PGSQL.5432.lock'), `${process.pid}\n`)
  await clearLeftover(folder, sockets)
  expect(await readdir(sockets)).toEqual([])
})

it.runIf(process.platform === 'linux')('what outlived its PostgreSQL is ended and waited for: beside it no other one starts', async () => {
  const program = path.join(data, 'postgres-program', 'postgres')
  await mkdir(path.dirname(program))
  await copyFile('/bin/sleep', program)
  const [orphan, somebodyElse] = [spawn(program, ['60'], { cwd: folder }), spawn('/bin/sleep', ['60'], { cwd: folder })]
  await clearLeftover(folder, sockets)
  expect([isAlive(orphan.pid ?? 0), isAlive(somebodyElse.pid ?? 0)]).toEqual([false, true])
  somebodyElse.kill('SIGKILL')
})

it.runIf(process.platform === 'linux')('a process that is dead and not yet buried does not live', async () => {
  // The shell starts a child, becomes a program that buries nobody, and the child ends.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const child = await new Promise<number>((answer) => parent.stdout.once('data', (text) => answer(Number(String(text)))))
  await expect.poll(() => isAlive(child), { timeout: 20_000 }).toBe(false)
  expect(() => process.kill(child, 0), 'its number is still taken').not.toThrow()
  expect(isAlive(parent.pid ?? 0)).toBe(true)
  parent.kill('SIGKILL')
})
