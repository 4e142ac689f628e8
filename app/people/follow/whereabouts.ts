/** What others say of themselves in a room, as anybody may have written it. */
type Said = { user?: { memberId?: unknown }; path?: unknown; point?: unknown; follows?: unknown }
export type States = ReadonlyMap<number, Said>

const LONGEST = 2_000

/** FOLLOW-1: a path that others can be led to: a page of a project and nothing else, neither another site nor what is everybody's own. */
export function projectPath(path: unknown): string | null {
  if (typeof path !== 'string' || path.length > LONGEST) return null
  try {
    const { origin, pathname, search } = new URL(path, 'http://here.invalid')
    return origin === 'http://here.invalid' && /^\/projects\/[^/]/.test(pathname) ? pathname + search : null
  } catch {
    return null
  }
}

/** FOLLOW-2: true while somebody here follows this person: until then nobody is told where they are. */
export const isFollowed = (states: States, memberId: string): boolean => [...states.values()].some(({ follows }) => follows === memberId)

/** Where somebody is, and the card they point at. `isHere`: they have a page open, in sight or not. */
export type Whereabouts = { isHere: boolean; path: string | null; point: string | null }

/**
 * FOLLOW-3: somebody with several pages is where they did something last. `led` is the page that led until now, `changed` are those of anybody that said
 * something new.
 */
export function leader(states: States, memberId: string, led: number | null, changed: readonly number[]): number | null {
  const leads = (id: number): boolean => {
    const state = states.get(id)
    return state?.user?.memberId === memberId && projectPath(state.path) !== null
  }
  return changed.find(leads) ?? (led !== null && leads(led) ? led : ([...states.keys()].find(leads) ?? null))
}

export function whereaboutsOf(states: States, memberId: string, led: number | null): Whereabouts {
  const state = led === null ? undefined : states.get(led)
  return {
    isHere: [...states.values()].some(({ user }) => user?.memberId === memberId),
    path: projectPath(state?.path),
    point: typeof state?.point === 'string' ? state.point.slice(0, 100) : null,
  }
}
