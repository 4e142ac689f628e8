/**
 * Runs in a page before its own scripts: `window.vitals` has what the browser itself says about how the page loads, in
 * milliseconds since the navigation, as Lighthouse counts it.
 */
;(() => {
  const vitals = { fcp: 0, lcp: 0, cls: 0, tasks: [] }
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true })
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') vitals.fcp = startTime
  })
  watch('largest-contentful-paint', ({ startTime }) => {
    vitals.lcp = startTime
  })
  watch('longtask', ({ startTime, duration }) => vitals.tasks.push({ startTime, duration }))
  // The worst window of at most five seconds, without a pause of a second: https://web.dev/articles/cls
  let session = { first: 0, last: 0, sum: 0 }
  watch('layout-shift', ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return
    const goesOn = startTime - session.last < 1_000 && startTime - session.first < 5_000
    session = goesOn ? { ...session, last: startTime, sum: session.sum + value } : { first: startTime, last: startTime, sum: value }
    vitals.cls = Math.max(vitals.cls, session.sum)
  })
  window.vitals = vitals
})()
