import { statfs } from 'node:fs/promises'

/** PostgreSQL writes its log in segments of 16 MB: with less room than one it can neither start nor go on. */
const NEEDED = 17 * 1024 * 1024

/** True of what the system or PostgreSQL throws where there is no room left. */
export function saysDiskFull(thrown: unknown): boolean {
  const { code, message } = thrown as { code?: string; message?: string }
  return code === 'ENOSPC' || code === '53100' || /no space left on device/i.test(message ?? '')
}

/** True when the disk under a folder has less room than a PostgreSQL in it needs. */
export async function lacksRoom(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize < NEEDED
}
