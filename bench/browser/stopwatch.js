/**
 * Runs in every page the bench opens, before the page's own scripts: `window.stopwatch` says when something was in a frame
 * that has been painted, when a pointer let go, and when the replica said that a row is in its tables. Times are
 * milliseconds since 1970, comparable between pages of one machine.
 */
;(() => {
  const now = () => performance.timeOrigin + performance.now()

  /** Calls back with when the next frame began to be drawn and when it was. */
  const afterFrame = (tell) =>
    requestAnimationFrame(() => {
      const begin = now()
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => tell(begin, now())
      port2.postMessage(null)
    })

  /**
   * The first frame in which the condition holds: when the document was changed, and when the frame that shows it was drawn
   * (`at`). `drawing` is how long drawing took: between the two the page may just have waited for the display. The last look
   * itself is not counted, so `holds` is to be cheap: the looks before are.
   */
  const painted = (holds) =>
    new Promise((resolve) => {
      const look = () => {
        const changed = now()
        if (!holds()) return false
        observer.disconnect()
        afterFrame((begin, at) => resolve({ changed, drawing: at - begin, at }))
        return true
      }
      const observer = new MutationObserver(look)
      if (!look()) observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    })

  const rows = (column) => [...document.querySelectorAll(`[role="grid"][aria-label="Cards in ${column}"] [role="row"]`)]
  const drops = []
  addEventListener('pointerup', (event) => drops.push(performance.timeOrigin + event.timeStamp), true)
  const clicks = []
  const keys = []
  addEventListener('keydown', (event) => keys.push(performance.timeOrigin + event.timeStamp), true)
  addEventListener('click', (event) => clicks.push(performance.timeOrigin + event.timeStamp), true)

  /** Row id → when the tables had it last. */
  const projected = new Map()
  const listen = async () => {
    const { held = [] } = await navigator.locks.query()
    const lock = held.find(({ name }) => name.startsWith('slipway-leader:'))
    if (!lock) throw new Error('no leader runs in this browser')
    new BroadcastChannel(lock.name.replace('slipway-leader:', 'slipway:')).onmessage = ({ data }) => {
      if (data.kind !== 'projected' || !Array.isArray(data.changed.tasks)) return
      for (const id of data.changed.tasks) projected.set(id, now())
    }
  }

  /** When the tables hold the cards of a project that is written anew. Call it while the page starts. */
  const rebuilt = async () => {
    for (;;) {
      const { held = [] } = await navigator.locks.query()
      const lock = held.find(({ name }) => name.startsWith('slipway-leader:'))
      if (lock)
        return new Promise((resolve) => {
          new BroadcastChannel(lock.name.replace('slipway-leader:', 'slipway:')).onmessage = ({ data }) => {
            if (data.kind === 'projected' && data.changed.tasks === 'all') resolve(now())
          }
        })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  /** Scripts of more than a millisecond, the longest first, and the drawing; what is missing was waited for. */
  const madeOf = ({ scripts, startTime, duration, renderStart }) => {
    const parts = [...scripts].sort((a, b) => b.duration - a.duration).slice(0, 3)
    const said = parts.map(
      ({ invoker, sourceFunctionName, duration: ms }) => `${sourceFunctionName || invoker || 'a script'} ${Math.round(ms)} ms`,
    )
    const drawing = renderStart > 0 ? Math.round(startTime + duration - renderStart) : 0
    return [...said, `drawing ${drawing} ms`].join(', ')
  }

  /**
   * Counts frames until its answer is called: how many there were, in how many milliseconds, and how long each took that took
   * more than 50 ms from its first task to its drawing (https://w3c.github.io/long-animation-frames), and of what the worst was made.
   */
  const frames = () => {
    const long = []
    let worst = { ms: 0, madeOf: '' }
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        long.push(entry.duration)
        if (entry.duration > worst.ms) worst = { ms: entry.duration, madeOf: madeOf(entry) }
      }
    })
    observer.observe({ type: 'long-animation-frame' })
    const begin = now()
    let count = 0
    let isOver = false
    const next = () => {
      if (isOver) return
      count++
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    return async () => {
      isOver = true
      const ms = now() - begin
      // The browser tells of a long frame a little later.
      await new Promise((resolve) => setTimeout(resolve, 200))
      observer.disconnect()
      return { count, ms, long, worst }
    }
  }

  window.stopwatch = {
    now,
    frames,
    painted,
    listen,
    rebuilt,
    projected,
    drops,
    clicks,
    keys,
    rows,
    /** The ids of a column's cards on the screen, from above. */
    ids: (column) => rows(column).map((row) => row.getAttribute('data-key')),
    /** When the card stands in the column. */
    inColumn: (id, column) => {
      const grid = document.querySelector(`[role="grid"][aria-label="Cards in ${column}"]`)
      const there = `[data-key="${id}"]`
      return painted(() => grid.querySelector(there) !== null)
    },
    /** When the card has left the column. */
    left: (id, column) => {
      const grid = document.querySelector(`[role="grid"][aria-label="Cards in ${column}"]`)
      const there = `[data-key="${id}"]`
      return painted(() => grid.querySelector(there) === null)
    },
    /** When every column shows cards and the main thread has nothing left to do. */
    boardReady: (columns) =>
      painted(() => columns.every((column) => rows(column).length > 0)).then(
        ({ at }) => new Promise((resolve) => requestIdleCallback(() => resolve({ shown: at, idle: now() }))),
      ),
  }
})()
