// npm run seed -- --tasks 10000: fills a running Slipway with a project full of cards, through the same sync socket
// browsers use. The server must be running; its URL and a token are taken from the data folder unless given.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { v7 as newId } from 'uuid'
import type * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { compareOrder, ordersBetween } from '#domain/core/order.ts'
import { projectRoom, type RoomName, teamRoom } from '#domain/core/rooms.ts'
import type { World } from '#domain/core/world.ts'
import { projects } from '#domain/projects/schema.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { columns, PRIORITIES, tasks } from '#domain/tasks/schema.ts'
import { ROOT } from './launch/root.mjs'
import { RoomClient } from './room-client.ts'

const VERBS = ['Let people', 'Show', 'Store', 'Check', 'Explain', 'Import', 'Export', 'Remember', 'Speed up', 'Test']
const THINGS = [
  'pay by card',
  'the list of orders',
  'addresses',
  'every amount',
  'the first steps',
  'old invoices',
  'a month as a table',
  'filters',
  'the search',
  'the sign-in',
]
const A_BATCH = 500

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '1000' },
    name: { type: 'string' },
    url: { type: 'string', default: `http://localhost:${process.env.PORT || 4600}` },
    token: { type: 'string' },
  },
})
const count = Number(values.tasks)
if (!Number.isInteger(count) || count < 0 || count > 200_000)
  end('--tasks takes a whole number up to 200,000, as in: npm run seed -- --tasks 10000')
const token = values.token ?? makeToken()
const id = newId()
const clients = new Map<RoomName, RoomClient>(
  [teamRoom, projectRoom(id)].map((room) => [room, new RoomClient({ url: values.url, room, token })]),
)
const world: World = { now: Date.now(), actor: 'seed', newId: () => newId(), random: Math.random }

try {
  await settleAll()
  const name = values.name ?? `Seeded with ${count.toLocaleString('en')} cards`
  must(createProject, { id, name })
  await addCards()
  await settleAll()
  process.stdout.write(`${values.url}/projects/${id}\n`)
} catch (thrown) {
  end(
    `Nothing more could be written to ${values.url}: ${thrown instanceof Error ? thrown.message : String(thrown)} Is Slipway running there?`,
  )
}
for (const client of clients.values()) client.close()

/** Cards spread over all columns, in the order of their keys; written as rows, so that a large board costs no search per card. */
async function addCards(): Promise<void> {
  const board = new RoomTx(docOf(projectRoom(id)), world)
  const all = board.all(columns).sort(compareOrder)
  const key = new RoomTx(docOf(teamRoom), world).get(projects, id)?.key ?? 'APP'
  const orders = ordersBetween(null, null, count, world.random)
  for (let from = 0; from < count; from += A_BATCH) {
    board.doc.transact(() => {
      for (let at = from; at < Math.min(count, from + A_BATCH); at++) {
        const column = all[at % all.length]
        if (!column) return
        board.create(tasks, {
          id: newId(),
          projectId: id,
          title: `${VERBS[at % VERBS.length]} ${THINGS[Math.floor(at / VERBS.length) % THINGS.length]}`,
          description: `Card ${at + 1} of ${count}.`,
          shortId: `${key}-${at + 1}`,
          status: column.status,
          columnId: column.id,
          order: orders[at] ?? '',
          priority: PRIORITIES[at % PRIORITIES.length],
          labels: at % 3 === 0 ? ['seeded'] : [],
        })
      }
    }, 'seed')
    await client(projectRoom(id)).settled()
    process.stderr.write(`\r${Math.min(count, from + A_BATCH).toLocaleString('en')} of ${count.toLocaleString('en')} cards`)
  }
  process.stderr.write('\n')
}

function must<I, T>(command: Command<I, T>, input: unknown): void {
  const answer = runCommand(command, docOf, world, input)
  if (!answer.ok) throw new Error(answer.message)
}

function client(room: RoomName): RoomClient {
  const found = clients.get(room)
  if (!found) throw new Error(`no room ${room}`)
  return found
}

function docOf(room: RoomName): Y.Doc {
  return client(room).doc
}

async function settleAll(): Promise<void> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer within 30 seconds.')), 30_000).unref())
  await Promise.race([Promise.all([...clients.values()].map((one) => one.settled())), late])
}

function makeToken(): string {
  const made = spawnSync(process.execPath, [join(ROOT, 'bin', 'run.mjs'), 'token', '--role', 'member', '--name', 'Seed'], {
    encoding: 'utf8',
  })
  if (made.status !== 0) end(made.stderr.trim())
  return made.stdout.trim()
}

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
