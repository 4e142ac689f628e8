import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { recordAttempt } from '#domain/attempts/commands.ts'
import { settleShortIds } from '#domain/attempts/settle-short-ids.ts'
import { readRow } from '#domain/core/collection.ts'
import { eachRow } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { createTasks, deleteTask, setTaskStatus } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { type Task, tasks } from '#domain/tasks/schema.ts'
import { Device } from './seeded-world.ts'

const projectId = '00000000-0000-7000-8000-00000000000a'
const room = projectRoom(projectId)

type Deed = { kind: 'add' | 'delete' | 'move' | 'meet' | 'meet and fall' | 'start'; who: number; which: number }

function cardsOf(device: Device): Task[] {
  const found: Task[] = []
  eachRow(device.doc(room), tasks, (id, map) => found.push(readRow(tasks, id, map) as Task))
  return found.sort((a, b) => (a.id < b.id ? -1 : 1))
}

const idsOf = (device: Device): Map<string, string> => new Map(cardsOf(device).map(({ id, shortId }) => [id, shortId]))

const isRenaming = ({ fields }: Task['history'][number]): boolean => 'shortId' in fields

/** A server and some devices, each with a clock and ids of its own. */
class Team {
  readonly server = new Device(1, 'system')
  readonly devices: Device[]
  /** What each card was called when the server had looked. */
  readonly known = new Map<string, string>()
  readonly started = new Set<string>()

  constructor(count: number) {
    this.devices = Array.from({ length: count }, (_, at) => new Device(10 + at, `person ${at}`))
    this.devices[0]?.must(createProject, { id: projectId, name: 'Shop' })
    for (const device of this.devices) this.meet(device)
  }

  /** The device's edits go to the server, which settles and answers with everything. `falls`: it falls in between, and forgets what came when. */
  meet(device: Device, falls = false): void {
    const [mine, theirs] = [device.doc(room), this.server.doc(room)]
    const before = idsOf(this.server)
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine, Y.encodeStateVector(theirs)))
    const arrived = falls ? [] : [...idsOf(this.server).keys()].filter((id) => !before.has(id))
    const gaveWay = new Set(cardsOf(this.server).flatMap(({ id, history }) => (history.some(isRenaming) ? id : [])))
    this.server.must(settleShortIds, { projectId, arrived })
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(mine)))
    const after = idsOf(this.server)
    expect(new Set(after.values()).size, 'no two alike').toBe(after.size)
    for (const [id, shortId] of after) {
      const stays = !falls || this.started.has(id) || gaveWay.has(id)
      expect(shortId, 'what people know stays').toBe((stays && this.known.get(id)) || shortId)
      this.known.set(id, shortId)
    }
  }

  do({ kind, who, which }: Deed): void {
    const device = this.devices[who % this.devices.length] as Device
    const cards = cardsOf(kind === 'start' ? this.server : device)
    const card = cards[which % (cards.length || 1)]
    if (kind === 'meet' || kind === 'meet and fall') this.meet(device, kind !== 'meet')
    else if (kind === 'add') device.must(createTasks, { projectId, key: 'APP', tasks: [{ id: device.world.newId(), title: 'A card' }] })
    else if (!card) return
    else if (kind === 'delete') device.run(deleteTask, { projectId, taskId: card.id })
    else if (kind === 'move') device.run(setTaskStatus, { projectId, taskId: card.id, status: 'todo' })
    else this.#start(card)
  }

  #start({ id, shortId, title }: Task): void {
    this.started.add(id)
    const start = {
      projectId,
      attemptId: this.server.world.newId(),
      taskId: id,
      repoId: 'r',
      agent: 'builtin',
      modelId: null,
      modelLabel: 'Built-in',
    }
    this.server.must(recordAttempt, {
      ...start,
      branch: `slipway/${shortId}`,
      targetBranch: 'main',
      name: title,
      promptId: null,
      promptSnapshot: null,
    })
  }
}

const deed = fc.record<Deed>({
  kind: fc.constantFrom('add', 'add', 'add', 'delete', 'move', 'meet', 'meet and fall', 'start'),
  who: fc.nat(2),
  which: fc.nat(20),
})

test.each([2, 3])(
  'TASK-14 %i devices that make cards offline end with short ids unlike, and what the server knew is called so for good',
  (count) => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const team = new Team(count)
        for (const each of deeds) team.do(each)
        for (const device of [...team.devices, ...team.devices]) team.meet(device)
        const [first, ...others] = team.devices.map((device) => [...idsOf(device)])
        for (const other of others) expect(other).toEqual(first)
        for (const { history } of cardsOf(team.server))
          expect(history.filter(isRenaming).length, 'changed once at most').toBeLessThanOrEqual(1)
      }),
      { numRuns: 100 },
    )
  },
)
