import * as Y from 'yjs'
import type { z } from 'zod'
import { RoomTx } from './document.ts'
import { type Answer, accept, type Refusal, refuse, refuseEach, type Wrong } from './refusal.ts'
import type { RoomName } from './rooms.ts'
import type { RoomChanges } from './row-change.ts'
import type { World } from './world.ts'

/** What a running command holds: its rooms, the clock, the ids and the dice. */
export type Tx = World & { room: (name: RoomName) => RoomTx }

/**
 * The one way in. A command names the rooms it touches and edits their documents; it decides first and writes after, so
 * that a refusal leaves no trace. The same command runs in a browser, on the server and in a simulation.
 */
export type Command<I, T = undefined> = {
  name: string
  input: z.ZodType<I>
  rooms: (input: I) => readonly RoomName[]
  run: (tx: Tx, input: I) => Answer<T>
  /** Happens beside what a person does, as reading does: no step of theirs that could be taken back. */
  isNoStep?: boolean
}

/** Declares a command; only there for the type inference. */
export function defineCommand<I, T = undefined>(command: Command<I, T>): Command<I, T> {
  return command
}

/** The origin every command's transaction carries: whose it is, and by what. */
export class CommandOrigin {
  readonly command: string
  readonly actor: string

  constructor(command: string, actor: string) {
    this.command = command
    this.actor = actor
  }
}

/**
 * Checks the input against the command's schema, then runs it with one transaction per room.
 * Answers the command's value, or a refusal: `invalid-input` with the names of the fields and the schema's own words, or the command's own.
 * `done` is told what was changed, if anything was and the command is a step.
 */
export function runCommand<I, T>(
  command: Command<I, T>,
  doc: (room: RoomName) => Y.Doc,
  world: World,
  given: unknown,
  done: (step: RoomChanges[]) => void = () => undefined,
): Answer<T> {
  const parsed = command.input.safeParse(given)
  if (!parsed.success) return refuseInput(parsed.error)
  const input = parsed.data
  const rooms = new Map(command.rooms(input).map((name) => [name, new RoomTx(doc(name), world)]))
  const tx: Tx = {
    ...world,
    room: (name) => {
      const room = rooms.get(name)
      if (!room) throw new Error(`${command.name} did not name the room ${name}`)
      return room
    },
  }
  const origin = new CommandOrigin(command.name, world.actor)
  const inTransactions = [...rooms.values()].reduce<() => Answer<T>>(
    (inner, room) => () => Y.transact(room.doc, inner, origin),
    () => command.run(tx, input),
  )
  const answer = inTransactions()
  const step = [...rooms].map(([room, { changes }]) => ({ room, changes })).filter(({ changes }) => changes.length > 0)
  if (step.length > 0 && !command.isNoStep) done(step)
  return answer
}

/** A schema's complaints as a refusal, the first one of every field; its words are the ones forms and the API show. */
export function refuseInput(error: z.ZodError): Refusal {
  const wrong = new Map<string, Wrong>()
  for (const { path, message } of error.issues) {
    const field = path.join('.')
    if (!wrong.has(field)) wrong.set(field, { field, message })
  }
  const [first, ...others] = wrong.values()
  return first ? refuseEach('invalid-input', [first, ...others]) : refuse('invalid-input', 'That input cannot be read.', '')
}

/** Checks one value against a schema, for forms that show the words before anything is sent. */
export function check<T>(schema: z.ZodType<T>, value: unknown): Answer<T> {
  const parsed = schema.safeParse(value)
  return parsed.success ? accept(parsed.data) : refuseInput(parsed.error)
}
