import * as Y from 'yjs'
import type { RoomName } from '#domain/core/rooms.ts'
import { storableJson } from '#domain/core/storable.ts'
import { collectionsIn } from '#domain/projection/project.ts'
import { Device, seededDice } from './seeded-world.ts'

type Parcel = { room: RoomName; update: Uint8Array; from: number; to: number }

/**
 * Devices that edit the same rooms over a bad network: parcels are lost, doubled, overtaken, and held while a device is
 * offline or restarts. Whatever happened, `heal` lets everybody compare notes as two sync partners do on reconnect.
 */
export class Swarm {
  readonly devices: Device[]
  readonly rooms: readonly RoomName[]
  private readonly underWay: Parcel[] = []
  private readonly random: () => number

  constructor(seed: number, size: number, rooms: readonly RoomName[]) {
    this.random = seededDice(seed)
    this.rooms = rooms
    this.devices = Array.from({ length: size }, (_, at) => new Device(seed * 31 + at, `person${at}`))
    this.devices.forEach((device, at) => {
      for (const room of rooms) this.listen(at, room, device.doc(room))
    })
  }

  get waiting(): number {
    return this.underWay.length
  }

  /** Delivers a parcel picked at random: any one may overtake any other. With `keep` it stays under way and comes again. */
  deliver(pick: number, keep = false): void {
    const parcel = this.take(pick, keep)
    if (parcel) Y.applyUpdate(this.device(parcel.to).doc(parcel.room), parcel.update, 'network')
  }

  /** Loses a parcel. */
  drop(pick: number): void {
    this.take(pick, false)
  }

  /** A device stops and starts again from what it had stored; what was under way to it is lost. */
  restart(at: number): void {
    const device = this.device(at)
    for (const room of this.rooms) {
      const stored = Y.encodeStateAsUpdate(device.doc(room))
      device.doc(room).destroy()
      device.docs.delete(room)
      Y.applyUpdate(device.doc(room), stored, 'store')
      this.listen(at, room, device.doc(room))
    }
    for (let parcel = 0; parcel < this.underWay.length; ) {
      if (this.underWay[parcel]?.to === at) this.underWay.splice(parcel, 1)
      else parcel++
    }
  }

  /** Everybody tells everybody what they miss, by state vectors, until nobody misses anything. */
  heal(): void {
    this.underWay.length = 0
    for (let round = 0; round < 2; round++) {
      for (const from of this.devices) {
        for (const to of this.devices) {
          if (from === to) continue
          for (const room of this.rooms) {
            Y.applyUpdate(to.doc(room), Y.encodeStateAsUpdate(from.doc(room), Y.encodeStateVector(to.doc(room))), 'network')
          }
        }
      }
    }
    this.underWay.length = 0
  }

  /**
   * What a device's document of a room says, to be compared with the others'. Half a surrogate pair written as a plain
   * value stays one on the writer's device and reaches the others as U+FFFD, so it counts as that.
   */
  contents(at: number, room: RoomName): unknown {
    const doc = this.device(at).doc(room)
    return storableJson(Object.fromEntries(collectionsIn(room).map(({ name }) => [name, doc.getMap(name).toJSON()])))
  }

  device(at: number): Device {
    const found = this.devices[at % this.devices.length]
    if (!found) throw new Error('a swarm has devices')
    return found
  }

  private listen(at: number, room: RoomName, doc: Y.Doc): void {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'network' || origin === 'store') return
      for (let to = 0; to < this.devices.length; to++) if (to !== at) this.underWay.push({ room, update, from: at, to })
    })
  }

  private take(pick: number, keep: boolean): Parcel | undefined {
    if (this.underWay.length === 0) return undefined
    const at = (pick + Math.floor(this.random() * this.underWay.length)) % this.underWay.length
    return keep ? this.underWay[at] : this.underWay.splice(at, 1)[0]
  }
}
