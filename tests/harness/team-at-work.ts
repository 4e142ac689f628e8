import { v7 as newId } from 'uuid'
import type * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom, type RoomName, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import type { World } from '#domain/core/world.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { RoomClient } from '../../bin/room-client.ts'
import type { Api, Slipway } from './slipway.ts'

/** A project with its rooms open, worked on from Node as a browser would: commands on synced documents, calls for consequences. */
export class TeamAtWork {
  readonly projectId = newId()
  readonly api: Api
  readonly #clients: Map<RoomName, RoomClient>

  private constructor(slipway: Slipway, token: string) {
    this.api = slipway.api(token)
    const rooms = [teamRoom, projectRoom(this.projectId), recordRoom(this.projectId)]
    this.#clients = new Map(rooms.map((room) => [room, new RoomClient({ url: slipway.url, room, token })]))
  }

  /** Opens the rooms and makes the project. */
  static async open(slipway: Slipway, name = 'Work'): Promise<TeamAtWork> {
    const team = new TeamAtWork(slipway, slipway.token('admin', 'Grace'))
    await team.settled()
    await team.run(createProject, { id: team.projectId, name })
    return team
  }

  /** Runs a command on the synced documents and waits until the server has it on disk. */
  async run<I, T>(command: Command<I, T>, input: unknown): Promise<T> {
    const world: World = { now: Date.now(), actor: 'grace', newId: () => newId(), random: Math.random }
    const answer = runCommand(command, (room) => this.doc(room), world, input)
    if (!answer.ok) throw new Error(`${command.name}: ${answer.message}`)
    await this.settled()
    return answer.value
  }

  async addTask(title: string): Promise<string> {
    const [id = ''] = await this.run(createTasks, { projectId: this.projectId, key: 'WORK', tasks: [{ id: newId(), title }] })
    return id
  }

  /** The server's record of the project, as it has arrived here. */
  get record(): RoomTx {
    return new RoomTx(this.doc(recordRoom(this.projectId)), { now: 0, actor: '', newId: () => newId(), random: Math.random })
  }

  doc(room: RoomName): Y.Doc {
    const client = this.#clients.get(room)
    if (!client) throw new Error(`no room ${room}`)
    return client.doc
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#clients].filter(([room]) => !room.startsWith('record/')).map(([, client]) => client.settled()))
  }

  close(): void {
    for (const client of this.#clients.values()) client.close()
  }
}
