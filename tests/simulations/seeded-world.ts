import * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import type { Answer } from '#domain/core/refusal.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import type { World } from '#domain/core/world.ts'

/** Numbers in [0, 1) that follow from a seed alone (mulberry32). */
export function seededDice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A world in which clock, ids and dice follow from a seed. Time passes by a millisecond whenever it is looked at through `tick`. */
export function seededWorld(seed: number, actor = 'alice'): World & { tick: () => World } {
  const random = seededDice(seed)
  const hex = (digits: number): string => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
  const newId = (): string => `${hex(8)}-${hex(4)}-7${hex(3)}-a${hex(3)}-${hex(12)}`
  const world = { now: 1_750_000_000_000, actor, random, newId, tick: () => ({ ...world, now: ++world.now }) }
  return world
}

/** A device: one document a room, and commands run on them. */
export class Device {
  readonly docs = new Map<RoomName, Y.Doc>()
  readonly world: ReturnType<typeof seededWorld>

  constructor(seed: number, actor = 'alice') {
    this.world = seededWorld(seed, actor)
  }

  doc(room: RoomName): Y.Doc {
    const found = this.docs.get(room)
    if (found) return found
    // With a name of its own, a document does not draw sixteen times from the system.
    const doc = new Y.Doc({ guid: room })
    doc.clientID = Math.floor(this.world.random() * 0xffffffff)
    this.docs.set(room, doc)
    return doc
  }

  /** Runs a command, as a page would. */
  run<I, T>(command: Command<I, T>, input: unknown): Answer<T> {
    return runCommand(command, (room) => this.doc(room), this.world.tick(), input)
  }

  /** Runs a command that has to succeed, and answers its value. */
  must<I, T>(command: Command<I, T>, input: unknown): T {
    const answer = this.run(command, input)
    if (!answer.ok) throw new Error(`${command.name}: ${answer.message}`)
    return answer.value
  }
}
