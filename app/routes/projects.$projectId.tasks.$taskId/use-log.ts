import { useEffect, useReducer, useRef, useState } from 'react'
import { useApi } from '#app/replica/react.tsx'
import { LogLines } from './log-feed.ts'

type Api = ReturnType<typeof useApi>
export type LogView = { log: LogLines; state: 'reading' | 'live' | 'done' | 'away' }

const LONGEST_WAIT = 10_000

/**
 * The output of a process: what there is, then what comes. A lost connection is taken up again where it broke; drawing
 * happens at most once a frame, however fast the lines come.
 */
export function useLog(processId: string | null, isRunning: boolean): LogView {
  const api = useApi()
  const log = useRef(new LogLines())
  const [state, setState] = useState<LogView['state']>('reading')
  const [, draw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    log.current = new LogLines()
    setState('reading')
    if (processId === null) return
    let frame = 0
    return follow(api, processId, isRunning, {
      after: () => log.current.seq,
      told: (lines) => {
        if (!log.current.take(lines) || frame) return
        frame = requestAnimationFrame(() => {
          frame = 0
          draw()
        })
      },
      state: setState,
    })
  }, [api, processId, isRunning])
  return { log: log.current, state }
}

type Listener = {
  after: () => number
  told: (lines: { seq: number; stream: string; text: string }[]) => void
  state: (state: LogView['state']) => void
}

/** Reads, then listens; tries again for as long as it is wanted. Answers how to stop. */
function follow(api: Api, processId: string, isRunning: boolean, listener: Listener): () => void {
  const stop = new AbortController()
  let unsubscribe: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = 500
  const again = () => {
    if (stop.signal.aborted) return
    listener.state('away')
    timer = setTimeout(read, wait)
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }
  const listen = () => {
    listener.state('live')
    unsubscribe = api.logs.tail.subscribe(
      { processId, after: listener.after() },
      {
        onData: ({ data }) => listener.told([data]),
        onError: again,
        onComplete: () => listener.state('done'),
      },
    ).unsubscribe
  }
  const read = async (): Promise<void> => {
    try {
      for (;;) {
        const { lines, done } = await api.logs.read.query({ processId, after: listener.after() }, { signal: stop.signal })
        listener.told(lines)
        wait = 500
        if (done) return listener.state('done')
        if (lines.length === 0) return isRunning ? listen() : listener.state('done')
      }
    } catch {
      again()
    }
  }
  void read()
  return () => {
    stop.abort()
    clearTimeout(timer)
    unsubscribe?.()
  }
}
