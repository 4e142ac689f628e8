import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { bundle, nodeArgs } from '#launch/bundle.mjs'
import { ROOT } from '#launch/root.mjs'
import type { Target } from '../driver/connection.ts'
import { listening, needFreePort, start } from './process.ts'
import { NODE_ARGS, PORTS, type Server, type Up } from './server.ts'

/** This product's server as `npm start` runs it: embedded PostgreSQL with fsync on, a token, and acknowledgements asked for. */
export const slipway: Server = {
  dialect: 'slipway',
  title: 'Slipway',
  async start(folder) {
    const data = path.join(folder, 'slipway')
    await mkdir(data, { recursive: true })
    const env = { ...process.env, ...environment(data) }
    await needFreePort(PORTS.slipway, 'sync-server')
    const program = start(process.execPath, [...NODE_ARGS, ...nodeArgs(bundle(ROOT), 'server')], { cwd: ROOT, env })
    await listening(PORTS.slipway, program, 'sync-server')
    const token = await tokenFor(data)
    return { ...program, target: { dialect: 'slipway', url: `ws://127.0.0.1:${PORTS.slipway}`, token } }
  },
}

const environment = (data: string, port: number = PORTS.slipway): Record<string, string> => ({
  PORT: String(port),
  SLIPWAY_DATA: data,
  LOG_LEVEL: 'error',
})

/** Several servers on one database, as behind a balancer. Ports are counted on from the last one of the bench. */
export async function startOn(databaseUrl: string, folder: string, count: number, firstPort: number): Promise<Up[]> {
  const ups: Up[] = []
  for (let at = 0; at < count; at++) {
    const data = path.join(folder, `server-${at}`)
    await mkdir(data, { recursive: true })
    const port = firstPort + at
    const own = { ...environment(data, port), DATABASE_URL: databaseUrl, SLIPWAY_SECRET: 'the secret of the bench' }
    await needFreePort(port, 'sync-server')
    const program = start(process.execPath, [...NODE_ARGS, ...nodeArgs(bundle(ROOT), 'server')], {
      cwd: ROOT,
      env: { ...process.env, ...own },
    })
    await listening(port, program, 'sync-server')
    const token = ups[0]?.target.token ?? (await tokenFor(data, own))
    ups.push({ ...program, target: { dialect: 'slipway', url: `ws://127.0.0.1:${port}`, token } })
  }
  return ups
}

/** One token a data folder. */
const tokens = new Map<string, string>()

async function tokenFor(data: string, own = environment(data)): Promise<string> {
  const known = tokens.get(data)
  if (known !== undefined) return known
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'token', '--', '--role', 'admin', '--name', 'Bench'], {
    cwd: ROOT,
    env: { ...process.env, ...own },
  })
  const token = stdout.trim()
  tokens.set(data, token)
  return token
}

/** Where a browser finds it. */
export const addressOf = ({ url }: Target): string => url.replace(/^ws/, 'http')
