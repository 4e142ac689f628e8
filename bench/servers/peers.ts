import path from 'node:path'
import { installed } from '../peers/install.ts'
import { listening, needFreePort, start } from './process.ts'
import { NODE_ARGS, PORTS, type Server, type Up } from './server.ts'

const PEERS = path.join(import.meta.dirname, '..', 'peers')

/** The bare relay every ratio is taken to. It keeps nothing. */
export const relay: Server = {
  dialect: 'relay',
  title: 'bare relay',
  start: () => run('relay', ['--import', 'tsx', path.join(import.meta.dirname, 'relay.ts'), String(PORTS.relay)], {}),
}

/** y-websocket's own server, in memory as it comes. */
export const yWebsocket: Server = {
  dialect: 'y-websocket',
  title: 'y-websocket',
  start: () => startYWebsocket({}),
}

/** The same with the LevelDB store it ships: what is needed to survive a restart. */
export const yWebsocketStored: Server = {
  dialect: 'y-websocket',
  title: 'y-websocket + LevelDB',
  start: (folder) => startYWebsocket({ YPERSISTENCE: path.join(folder, 'y-websocket') }),
}

/** Hocuspocus, in memory as it comes. */
export const hocuspocus: Server = {
  dialect: 'hocuspocus',
  title: 'Hocuspocus',
  start: () => run('hocuspocus', [path.join(PEERS, 'hocuspocus.mjs'), String(PORTS.hocuspocus)], {}),
}

/** The same with a file for each document. */
export const hocuspocusStored: Server = {
  dialect: 'hocuspocus',
  title: 'Hocuspocus + files',
  start: (folder) => run('hocuspocus', [path.join(PEERS, 'hocuspocus.mjs'), String(PORTS.hocuspocus), path.join(folder, 'hocuspocus')], {}),
}

/** Which version of each peer is installed, for the line under the table. */
export const peerVersions = (): string =>
  `@y/websocket-server ${installed('@y/websocket-server') ?? '?'}, @hocuspocus/server ${installed('@hocuspocus/server') ?? '?'}`

function startYWebsocket(env: Record<string, string>): Promise<Up> {
  const program = path.join(PEERS, 'node_modules', '@y', 'websocket-server', 'src', 'server.js')
  return run('y-websocket', [program], { HOST: '127.0.0.1', PORT: String(PORTS['y-websocket']), ...env })
}

async function run(dialect: 'relay' | 'y-websocket' | 'hocuspocus', args: string[], env: Record<string, string>): Promise<Up> {
  await needFreePort(PORTS[dialect], dialect)
  const program = start(process.execPath, [...NODE_ARGS, ...args], { env: { ...process.env, ...env } })
  await listening(PORTS[dialect], program, dialect)
  return { ...program, target: { dialect, url: `ws://127.0.0.1:${PORTS[dialect]}` } }
}
