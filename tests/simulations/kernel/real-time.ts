/** Node's own, taken before a simulation's clock takes its place. */
export const realSetImmediate = globalThis.setImmediate
