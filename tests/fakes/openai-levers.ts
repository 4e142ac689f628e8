/** What a person pulls to make the fake behave badly; every lever is off at first. `times` counts down the requests it holds for. */
export type Levers = {
  /** Wait before any header, and before each chunk, in milliseconds. */
  delayMs: number
  chunkDelayMs: number
  /** Answer with this status and words instead. */
  status: number | null
  message: string
  retryAfter: string | null
  /** Break the connection after this many chunks, or stop sending and stay open. */
  cutAfter: number | null
  hangAfter: number | null
  /** Send lines that are no JSON, a page instead of a stream, or tool arguments that are no JSON. */
  garbage: 'none' | 'sse' | 'html' | 'empty'
  badToolJson: boolean
  /** Leave out the usage chunk, or the whole list of models. */
  noUsage: boolean
  noModels: boolean
  /** For how many requests the levers hold; then they go back by themselves. Null: until pulled again. */
  times: number | null
}

export const NO_LEVERS: Levers = {
  delayMs: 0,
  chunkDelayMs: 0,
  status: null,
  message: 'The fake was told to refuse.',
  retryAfter: null,
  cutAfter: null,
  hangAfter: null,
  garbage: 'none',
  badToolJson: false,
  noUsage: false,
  noModels: false,
  times: null,
}
