import { cpus, loadavg, totalmem } from 'node:os'

/** What the figures were made on, in one line. */
export function machine(peers: string): string {
  const cores = cpus()
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  return `${cores.length} × ${cores[0]?.model.trim() || 'unknown processor'}, ${gigabytes} GiB, ${process.platform}, Node ${process.versions.node}; ${peers}; load when it began ${(loadavg()[0] ?? 0).toFixed(1)}.`
}
