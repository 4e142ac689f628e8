import { type RoomName, teamRoom } from '#domain/core/rooms.ts'
import { type LeaderStatus, STARTING } from '../protocol.ts'

/** What is here sooner is not worth a word. */
const WORTH_SAYING_MS = 1_000

/** What the leader knows of disk and network, told to the tabs when it changes. */
export class StatusBoard {
  status: LeaderStatus
  readonly #coming = new Map<RoomName, number>()
  #saying: ReturnType<typeof setTimeout> | undefined
  readonly #tell: (status: LeaderStatus) => void

  constructor(known: Partial<LeaderStatus>, tell: (status: LeaderStatus) => void) {
    this.status = { ...STARTING, ...known }
    this.#tell = tell
  }

  /** A room's socket opened, closed, or was turned away. The team's room stands for the connection as a whole. */
  setRoom(room: RoomName, state: 'offline' | 'online' | 'refused', reason: string): void {
    const { status } = this
    if (status.rooms[room] === state && room !== teamRoom) return
    const ofTeam = room === teamRoom ? { connection: state, starting: false, reason } : {}
    // What a server said that is away now may be over.
    const ofServer = room === teamRoom && state !== 'online' ? { trouble: '' } : {}
    this.#set({ ...status, ...ofTeam, ...ofServer, rooms: { ...status.rooms, [room]: state } })
  }

  /** The server said why it can store nothing, or (empty) that it can again. It says so in every room. */
  setTrouble(room: RoomName, trouble: string): void {
    if (room === teamRoom) this.#set({ ...this.status, trouble })
  }

  /** So many bytes of a room are on their way from the server; 0: none are any more. */
  setComing(room: RoomName, bytes: number): void {
    if (bytes > 0) this.#coming.set(room, bytes)
    else if (!this.#coming.delete(room)) return
    clearTimeout(this.#saying)
    if (this.#coming.size > 0) this.#saying = setTimeout(() => this.#sayComing(), WORTH_SAYING_MS)
    if (this.#coming.size === 0 || this.status.coming > 0) this.#sayComing()
  }

  #sayComing(): void {
    const coming = [...this.#coming.values()].reduce((sum, bytes) => sum + bytes, 0)
    if (coming !== this.status.coming) this.#set({ ...this.status, coming })
  }

  /** The disk takes writes (empty), or not, and why. */
  setRefusal(refusal: string): void {
    this.#set({ ...this.status, storage: refusal ? 'failing' : 'kept', refusal })
  }

  /** What was kept is gone, with so many changes the server does not have. */
  setThrownAway(changes: number): void {
    this.#set({ ...this.status, thrownAway: (this.status.thrownAway ?? 0) + changes })
  }

  /** A new attempt is under way: the last refusal says nothing any more. */
  forgetReason(): void {
    this.#set({ ...this.status, reason: '', connection: this.status.connection === 'refused' ? 'offline' : this.status.connection })
  }

  #set(status: LeaderStatus): void {
    this.status = status
    this.#tell(status)
  }
}
