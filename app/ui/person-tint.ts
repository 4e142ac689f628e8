/** Eight calm grounds for initials; each carries dark ink at AA in both themes. */
const GROUNDS = ['#b9d4ff', '#c9e7c0', '#f5d6a8', '#f3c4cf', '#d6cbf5', '#b7e4e1', '#e6dba3', '#d9d3cc'] as const

/** A person's tint, the same on every screen: chosen by their id. */
export function tintOf(id: string): { ground: string; ink: string } {
  let sum = 0
  for (let at = 0; at < id.length; at++) sum = (sum * 31 + id.charCodeAt(at)) >>> 0
  return { ground: GROUNDS[sum % GROUNDS.length] ?? GROUNDS[0], ink: '#1b2230' }
}

/** The first letters of the first and of the last word of a name; where there is room for one only, of the first. */
export function initialsOf(name: string, most: 1 | 2 = 2): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const letters = words.length > 1 && most > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '?').join('')
}
