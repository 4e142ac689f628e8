import type { Target } from '../driver/connection.ts'
import type { Dialect } from '../driver/frames.ts'
import type { Running } from './process.ts'

/** A server that is up: where to reach it and what it runs as. */
export type Up = Running & { target: Target }

/** A server of the comparison. `folder` is where it may keep things: a fresh one starts empty, the same one starts from what is there. */
export type Server = {
  dialect: Dialect
  /** What the table calls it. */
  title: string
  start: (folder: string) => Promise<Up>
}

/** The ports of the bench: one each, all on 127.0.0.1. */
export const PORTS = { relay: 4770, slipway: 4771, 'y-websocket': 4772, hocuspocus: 4773, model: 4774 } as const

/** Every server runs with these, so that memory can be measured after collecting garbage. */
export const NODE_ARGS: readonly string[] = ['--expose-gc', '--import', new URL('./collect-garbage.mjs', import.meta.url).href]
