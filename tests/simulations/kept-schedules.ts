import type { Schedule } from './house.ts'

/** A card is made, another tab opens and asks for the board while the tables may lack it, and the leading tab is closed; ten times. */
export const askedWhileBehind = (seed: number): Schedule => ({
  seed,
  size: 1,
  steps: [
    [70, 0, 0, 0, 0],
    [66, 0, 999, 0, 0],
    ...Array.from({ length: 10 }, () => [
      [0, 0, 0, seed, 0] as const,
      [66, 0, 3, 0, 0] as const,
      [70, 0, 0, 0, 0] as const,
      [66, 0, 40, 0, 0] as const,
      [74, 0, 0, 0, 0] as const,
      [66, 0, 999, 0, 0] as const,
    ]).flat(),
  ],
})

/** Schedules that broke a promise once, made small and steady (see README.md), with what was wrong. */
export const KEPT_SCHEDULES: readonly { words: string; schedule: Schedule }[] = [
  {
    // Two tabs, a slow disk, no server; the leading tab makes a card and is closed at once.
    words: 'a leader died before a change was on the disk, and another tab went on showing it',
    schedule: {
      seed: 1,
      size: 1,
      steps: [
        [70, 0, 0, 0, 0],
        [94, 0, 1, 399, 0],
        [66, 0, 999, 0, 0],
        [66, 0, 999, 0, 0],
        [89, 0, 0, 0, 0],
        [66, 0, 100, 0, 0],
        [0, 0, 0, 2, 0],
        [66, 0, 10, 0, 0],
        [74, 0, 0, 0, 0],
      ],
    },
  },
  ...[14, 22].map((seed) => ({
    // The second browser is cut off while the first takes columns away; then its power fails.
    words: `a power cut took a room from the log, and its rows stayed in the tables (${seed})`,
    schedule: {
      seed,
      size: 2,
      steps: [
        [66, 0, 999, 0, 0],
        [79, 1, 0, 0, 0],
        ...[0, 1, 2, 3, 4].map((column) => [12, 0, 12, column, 0] as const),
        [66, 0, 999, 0, 0],
        [77, 1, 0, 1, 0],
      ] as const,
    },
  })),
  ...[4, 22].map((seed) => ({
    // Cut off from the server: its power fails, it writes something, and it is killed.
    words: `rows got the numbers of others that a power cut had taken, and tables at such a number passed for current (${seed})`,
    schedule: {
      seed,
      size: 2,
      steps: [
        [79, 1, 0, 0, 0],
        [77, 1, 0, 1, 0],
        [66, 0, 999, 0, 0],
        [66, 0, 999, 0, 0],
        [17, 1, 17, 0, 0],
        [66, 0, 5, 0, 0],
        [77, 1, 1, 1, 0],
      ] as const,
    },
  })),
  {
    // The second browser's lines die unnoticed, then the first takes a column away.
    words: 'two tabs that differed by a deletion alone were taken to be alike, before one could have heard of it (the simulator itself)',
    schedule: {
      seed: 1,
      size: 2,
      steps: [[66, 0, 999, 0, 0], ...[0, 1, 2].map((line) => [87, 1, line, 1, 0] as const), [12, 0, 12, 0, 0]],
    },
  },
  {
    // The first browser's disk is full, and so is the database's: it takes a column away, loses its tabs, and the server is killed.
    words: 'a deletion the server had forwarded and not stored, and whose author lost it, stayed with those who had heard of it',
    schedule: {
      seed: 1,
      size: 2,
      steps: [
        [66, 0, 999, 0, 0],
        [94, 0, 0, 399, 0],
        [95, 0, 4, 1000, 0],
        [12, 0, 12, 0, 0],
        [66, 0, 130, 0, 0],
        [77, 0, 1, 1, 0],
        [89, 0, 0, 0, 0],
      ],
    },
  },
  {
    // The lines die unnoticed; the tab makes a card and stands still before it can.
    words: 'a tab that stood still was taken to have nothing to say, before it had done its last step (the simulator itself)',
    schedule: {
      seed: 1,
      size: 1,
      steps: [...[0, 1, 2].map((line) => [87, 0, line, 0, 0] as const), [1, 0, 1, 0, 0], [68, 0, 800, 0, 1]],
    },
  },
  ...[5, 19].map((seed) => ({
    // The server is killed, a card made, the server started; another card is made after the socket opened and before the server asked.
    words: `an answer to a change sent before the server had asked was taken to speak of those from before (${seed})`,
    schedule: {
      seed,
      size: 1,
      steps: [
        [66, 0, 999, 0, 0],
        [89, 0, 0, 0, 0],
        [0, 0, 0, 20, 0],
        [91, 0, 0, 0, 0],
        [66, 0, 280, 0, 0],
        [0, 0, 0, 0, 0],
        [66, 0, 999, 0, 0],
      ] as const,
    },
  })),
  ...[3, 5, 6].map((seed) => ({
    // Two servers, and for ten seconds the database is slow; both browsers make cards, lose their sockets, and come back to whichever server.
    words: `a server refused what somebody brought along of another's, whom it took to be still with it (${seed})`,
    schedule: {
      seed,
      size: 2,
      servers: 2,
      steps: [
        [66, 0, 999, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 1, 0, 1, 0],
        [66, 0, 999, 0, 0],
        [97, 0, 4, 999, 3],
        ...[2, 3, 4].flatMap((card) => [
          [0, 0, 0, card, 0] as const,
          [66, 0, 30, 0, 0] as const,
          [0, 1, 0, card, 0] as const,
          [66, 0, 100, 0, 0] as const,
          ...[0, 1].flatMap((browser) => [0, 1, 2, 3, 4].map((line) => [84, browser, line, 0, 0] as const)),
          [66, 0, 400, 0, 0] as const,
        ]),
        [66, 0, 999, 0, 0],
      ] as const,
    },
  })),
  {
    words: 'what was sent after a line was held overtook what it held, so the beginning of a conversation was lost (the simulator itself)',
    schedule: {
      seed: 1534580796,
      size: 2,
      servers: 1,
      steps: [
        [41, 4, 997, 824, 671],
        [10, 275, 174, 903, 274],
        [99, 560, 995, 117, 523],
        [98, 607, 366, 8, 7],
        [99, 4, 1, 162, 404],
        [4, 882, 750, 896, 80],
        [5, 161, 991, 995, 614],
        [38, 646, 911, 324, 714],
        [31, 917, 811, 938, 7],
        [95, 999, 209, 159, 235],
        [57, 419, 34, 825, 7],
        [5, 253, 15, 429, 997],
        [97, 833, 996, 0, 749],
        [77, 663, 893, 992, 762],
        [0, 678, 59, 273, 3],
        [1, 463, 231, 9, 376],
        [14, 882, 576, 471, 623],
        [79, 7, 104, 4, 35],
        [9, 6, 6, 30, 735],
        [67, 849, 550, 760, 639],
      ],
    },
  },
  ...[3, 6].map((seed) => ({
    words: `a list that was read before the tables had an edit was kept for the next start as if it had it (${seed})`,
    schedule: askedWhileBehind(seed),
  })),
]
