import type { Answer } from '#domain/core/refusal.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import type { RoomChanges, RowChange } from '#domain/core/row-change.ts'
import type { TakenBack } from '#domain/core/take-back.ts'
import { projectRow } from '#domain/projection/project.ts'
import type { Undone } from '../shown.ts'
import type { TabRoom } from './tab-room.ts'

/** So many steps can be taken back. */
const MOST_STEPS = 100

type Step = {
  changes: readonly RoomChanges[]
  /** The rooms it was made in, each held open, and how much of others it knew then. */
  rooms: ReadonlyMap<RoomName, { room: TabRoom; clock: number; leave: () => void }>
}

export type Surroundings = {
  /** Keeps a room loaded until `leave`; undefined where it is not loaded, or was given up for another. */
  hold: (name: RoomName) => { room: TabRoom; leave: () => void } | undefined
  /** Runs `takeBack` on what is given; `done` is told what that changed. */
  takeBack: (given: TakenBack, done: (changes: RoomChanges[]) => void) => Answer<RowChange[]>
}

/** REPLICA-13: what this tab's person did in it, command by command, and the way back and forth along it. */
export class OwnSteps {
  readonly #around: Surroundings
  #done: Step[] = []
  #undone: Step[] = []

  constructor(around: Surroundings) {
    this.#around = around
  }

  /** A command of this person changed something. */
  did(changes: readonly RoomChanges[]): void {
    for (const step of this.#undone.splice(0)) letGo(step)
    this.#push(this.#done, changes)
  }

  /** Takes the last step back, unless others went on from it. One press is one step, never another in its place. */
  undo(): Undone {
    return this.#go(this.#done, this.#undone)
  }

  /** Does again what was taken back last. */
  redo(): Undone {
    return this.#go(this.#undone, this.#done)
  }

  #go(from: Step[], to: Step[]): Undone {
    const step = from.pop()
    if (!step) return { kind: 'nothing' }
    try {
      return this.#takeBack(step, to) ?? this.#go(from, to)
    } finally {
      letGo(step)
    }
  }

  /** Undefined for a step whose document was given up: what it did is gone with it. */
  #takeBack({ changes, rooms }: Step, to: Step[]): Undone | undefined {
    if (changes.some(({ room }) => room.startsWith('chat/'))) return { kind: 'said' }
    const touched = new Set<RowChange>()
    let first: { change: RowChange; label: string } | undefined
    let count = 0
    for (const { room: name, changes: inRoom } of changes) {
      const known = rooms.get(name)
      const held = this.#around.hold(name)
      held?.leave()
      if (!known || held?.room !== known.room) return undefined
      for (const change of inRoom) {
        first ??= { change, label: labelOf(known.room, change) }
        if (change.collection === first.change.collection) count++
        if (known.room.others.touched(change, known.clock)) touched.add(change)
      }
    }
    if (!first) return undefined
    const what = { ...first, count }
    const answer = this.#around.takeBack({ step: changes, touched }, (back) => this.#push(to, back))
    if (answer.ok) return { kind: 'taken', what, stayed: answer.value.length }
    return answer.code === 'read-only' ? { kind: 'refused', sentence: answer.message } : { kind: 'stays', what }
  }

  #push(steps: Step[], changes: readonly RoomChanges[]): void {
    const rooms = new Map<RoomName, { room: TabRoom; clock: number; leave: () => void }>()
    for (const { room: name } of changes) {
      const held = this.#around.hold(name)
      if (held) rooms.set(name, { ...held, clock: held.room.others.clock })
    }
    steps.push({ changes, rooms })
    if (steps.length > MOST_STEPS) for (const step of steps.splice(0, 1)) letGo(step)
  }
}

function letGo({ rooms }: Step): void {
  for (const { leave } of rooms.values()) leave()
}

/** What people call the row: as it stands, or stood. */
function labelOf({ doc }: TabRoom, change: RowChange): string {
  const row = change.kind === 'removed' ? change.values : (projectRow(doc, change.collection, change.id) ?? {})
  const label = ['title', 'name', 'body'].map((name) => (row as Record<string, unknown>)[name]).find((value) => typeof value === 'string')
  return typeof label === 'string' ? label : ''
}
