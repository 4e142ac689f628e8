/** The digit that opens a view by its place: `0` all cards, `1` to `9` the next ones. */
export const keysOf = (at: number): { keys?: string } => (at < 10 ? { keys: String(at) } : {})
