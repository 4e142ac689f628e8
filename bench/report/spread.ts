/** What one update costs, in µs of processor time: where it is written, and for each other server that reads it. */
export type UpdateCost = { server: number; serverRead: number; database: number; databaseRead: number }

/** A team at work: rooms of different sizes, everybody in one room typing as much as everybody else. */
export type Crowd = { rooms: number; meanClients: number }

/**
 * How many servers besides the writer's an update has to reach, on average over all updates: clients go to any of the servers, as a
 * balancer sends them, or all of a room to one (`hashed`). Room sizes are geometric: many small ones, a few large.
 */
export function readsPerUpdate(servers: number, { rooms, meanClients }: Crowd, hashed: boolean, random: () => number): number {
  if (hashed) return 0
  let updates = 0
  let reads = 0
  for (let room = 0; room < rooms; room++) {
    let clients = 1
    while (random() > 1 / meanClients) clients++
    const at = new Set(Array.from({ length: clients }, () => Math.floor(random() * servers)))
    updates += clients
    reads += clients * (at.size - 1)
  }
  return reads / updates
}

/** How much more than one server alone so many carry where the servers are the narrow place, and how much more work each update is for the database. */
export function carried(servers: number, reads: number, cost: UpdateCost): { servers: number; database: number } {
  return {
    servers: (servers * cost.server) / (cost.server + reads * cost.serverRead),
    database: (cost.database + reads * cost.databaseRead) / cost.database,
  }
}
