import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Instances } from '#server/instances/instances.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { Rooms } from '#server/rooms/rooms.ts'

/** What Prometheus may ask. */
export function makeMetrics(rooms: Rooms, journal: Journal, instances: Instances): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({ name, help, registers: [registry], collect() { this.set(read()) } }) // biome-ignore format: one line each
  }
  gauge('slipway_rooms', 'Open rooms.', () => rooms.counts.rooms)
  gauge('slipway_connections', 'Open sync sockets.', () => rooms.counts.connections)
  gauge('slipway_journal_updates', 'Updates made durable since the start.', () => journal.committed.updates)
  gauge('slipway_journal_commits', 'Commits of the journal since the start.', () => journal.committed.batches)
  gauge('slipway_other_instances', 'Other servers on the same database.', () => instances.neighbours)
  gauge('slipway_notifications', 'Notifications sent to them since the start.', () => instances.announcements.sent)
  gauge('slipway_journal_ok', '1 while saving works.', () => (journal.health.ok ? 1 : 0))
  return registry
}
