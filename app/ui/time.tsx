import { useEffect, useState } from 'react'
import { sayAgo, sayMoment } from './say-time.ts'

/** How long ago, kept current; the exact moment on hover. */
export function Time({ at, className }: { at: number; className?: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), Date.now() - at < 3_600_000 ? 15_000 : 300_000)
    return () => clearInterval(timer)
  }, [at])
  return (
    <time dateTime={new Date(at).toISOString()} title={sayMoment(at)} className={className}>
      {sayAgo(at, now)}
    </time>
  )
}
