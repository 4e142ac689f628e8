import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { check } from '#domain/core/command.ts'
import { projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { projectName } from '#domain/projects/schema.ts'
import { taskTitle } from '#domain/tasks/schema.ts'
import { members } from '#domain/team/schema.ts'
import { type Client, refusalOf, startTestServer, type TestServer, until } from '#server/test-server.ts'

let server: TestServer
let member: string

beforeAll(async () => {
  server = await startTestServer()
  member = await server.token('member', 'Ada')
})
afterAll(() => server.stop())

type Rows = Y.Map<Y.Map<unknown>>
const rowsOf = ({ doc }: Client, collection: string): Rows => doc.getMap(collection)
const field = (client: Client, collection: string, id: string, name: string): unknown => rowsOf(client, collection).get(id)?.get(name)

/** A client of nobody's making: it writes what it likes, and keeps the sentences in which the server says no. */
async function byHand(room: string): Promise<Client & { told: string[] }> {
  const client = server.client(room, member)
  const told: string[] = []
  const { messageHandlers } = client.provider
  messageHandlers[2] = (_encoder, decoder) => {
    const sentence = new TextDecoder().decode(decoder.arr.subarray(decoder.pos))
    told.push(sentence.slice(sentence.indexOf('The field')))
    decoder.pos = decoder.arr.length
  }
  await until('it is in', () => client.provider.synced)
  return { ...client, told }
}

/** A row as a new one is written: all of its fields in one update. */
const newRow = (client: Client, collection: string, id: string, values: Record<string, unknown>): void =>
  client.doc.transact(
    () => void rowsOf(client, collection).set(id, new Y.Map(Object.entries({ createdAt: 1, updatedAt: 1, createdBy: 'x', ...values }))),
  )

const PLACES = [
  { what: 'a task’s title', room: () => projectRoom(randomUUID()), collection: 'tasks', name: 'title', schema: taskTitle, rest: { status: 'todo', columnId: 'c', order: 'a', projectId: 'p' } },
  { what: 'a project’s name', room: () => teamRoom, collection: 'projects', name: 'name', schema: projectName, rest: {} },
] // biome-ignore format: a table

describe('what is written by hand', { timeout: 60_000 }, () => {
  it.each(PLACES)(
    'SCHEMA-1 P1 X15 $what of 255 letters is saved, and of 256 refused in the words of its form',
    async ({ room, collection, name, schema, rest }) => {
      const said = check(schema, 'x'.repeat(256))
      const where = room()
      const [ada, bob] = [await byHand(where), await byHand(where)]
      const [first, second] = [randomUUID(), randomUUID()]
      const fits = 'é'.repeat(255)
      newRow(ada, collection, first, { ...rest, [name]: fits })
      await until('bob has the row', () => field(bob, collection, first, name) === fits)

      // Over what stands there: such an update does not say which field it is for.
      rowsOf(bob, collection).get(first)?.set(name, 'x'.repeat(255))
      await until('ada has the new one', () => field(ada, collection, first, name) === 'x'.repeat(255))
      expect(bob.told).toEqual([])
      rowsOf(bob, collection).get(first)?.set(name, 'x'.repeat(256))
      await until('bob is told', () => bob.told.length === 1)
      expect(bob.told[0]).toBe(`The field “${name}” cannot be saved like that: ${said.ok ? '' : said.message} Your change was taken back.`)

      // In a row that is new, and a value of another kind.
      const carl = await byHand(where)
      newRow(carl, collection, second, { ...rest, [name]: 'x'.repeat(256) })
      await until('carl is told', () => carl.told.length === 1)
      expect(carl.told[0]).toBe(bob.told[0])
      const dora = await byHand(where)
      rowsOf(dora, collection).get(first)?.set(name, 42)
      await until('dora is told', () => dora.told.length === 1)
      expect(dora.told[0]).toContain(`The field “${name}” cannot be saved like that: Invalid input: expected string`)

      // What they wrote after it hangs on it, and nobody is left to wait for what never comes.
      rowsOf(dora, collection).get(first)?.set('sign', 'after')
      await until('she is told again', () => dora.told.length === 2)
      const eve = await byHand(where)
      rowsOf(eve, collection).get(first)?.set('sign', 'eve')
      await until('ada hears eve', () => field(ada, collection, first, 'sign') === 'eve')
      for (const { doc } of [ada, eve]) {
        expect(doc.store.pendingStructs).toBeNull()
        expect((doc.getMap(collection) as Rows).get(first)?.get(name)).toBe('x'.repeat(255))
        expect(doc.getMap(collection).has(second)).toBe(false)
      }
    },
  )

  it('SCHEMA-1 X15 the schema of a field speaks in the form, from the API and for the document', async () => {
    const name = 'x'.repeat(101)
    const said = check(members.schema.shape.username, name)
    const sentence = said.ok ? '' : said.message
    const owner = server.api(await server.token('owner', 'Olga'))
    const memberId = (await owner.session.me.query())?.member.id ?? ''
    expect(await refusalOf(owner.members.rename.mutate({ memberId, username: name }))).toMatchObject({
      field: 'username',
      message: sentence,
    })
    await owner.members.rename.mutate({ memberId, username: 'Olga A' })
    const ada = await byHand(teamRoom)
    await until('Olga is shown', () => field(ada, 'members', memberId, 'username') === 'Olga A')
    rowsOf(ada, 'members').get(memberId)?.set('username', name)
    await until('ada is told', () => ada.told.length === 1)
    expect(ada.told[0]).toBe(`The field “username” cannot be saved like that: ${sentence} Your change was taken back.`)
  })
})
