/** As many texts somebody has begun are kept on a device. */
const MOST = 200

/** DRAFT-1: the keys with this one as the newest, and those that give way; what cannot be read counts as none. */
export function withNewest(order: string | null, key: string): { kept: string[]; gone: string[] } {
  const known = read(order)
  if (known[0] === key) return { kept: known, gone: [] }
  const all = [key, ...known.filter((one) => one !== key)]
  return { kept: all.slice(0, MOST), gone: all.slice(MOST) }
}

function read(order: string | null): string[] {
  try {
    const parsed: unknown = JSON.parse(order ?? '[]')
    return Array.isArray(parsed) ? parsed.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
