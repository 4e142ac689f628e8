/** How much of everything: enough for figures one can stand by, or just enough to see that the bench works. */
export type Settings = {
  name: 'full' | 'quick'
  /** How often each server takes its turn in a row. */
  rounds: number
  throughput: { rooms: number; writers: number; edits: number }
  propagation: { edits: number; everyMs: number }
  fanOut: { readers: number; edits: number }
  join: { cards: number; edits: number; restarts: number }
  idle: { connections: number; rooms: number; rounds: number }
  growth: { cards: number[]; edits: number }
  browser: { cards: number; messages: number; repeats: number; loads: number }
  attempt: { files: number; repeats: number }
}

export const full: Settings = {
  name: 'full',
  rounds: 5,
  throughput: { rooms: 20, writers: 5, edits: 400 },
  propagation: { edits: 200, everyMs: 10 },
  fanOut: { readers: 200, edits: 300 },
  join: { cards: 10_000, edits: 500, restarts: 5 },
  idle: { connections: 2_000, rooms: 20, rounds: 3 },
  growth: { cards: [1_000, 10_000, 100_000], edits: 200 },
  browser: { cards: 10_000, messages: 40_000, repeats: 40, loads: 5 },
  attempt: { files: 10_000, repeats: 5 },
}

export const quick: Settings = {
  name: 'quick',
  rounds: 2,
  throughput: { rooms: 20, writers: 5, edits: 80 },
  propagation: { edits: 50, everyMs: 10 },
  fanOut: { readers: 200, edits: 50 },
  join: { cards: 10_000, edits: 100, restarts: 2 },
  idle: { connections: 500, rooms: 20, rounds: 1 },
  growth: { cards: [1_000, 10_000], edits: 40 },
  browser: { cards: 10_000, messages: 4_000, repeats: 10, loads: 2 },
  attempt: { files: 10_000, repeats: 2 },
}
