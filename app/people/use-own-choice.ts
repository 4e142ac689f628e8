import { useCallback, useEffect } from 'react'
import { useCommand, useQuery, useSession } from '#app/replica/react.tsx'
import { useKept } from '#app/shell/use-kept.ts'
import { choiceOf, keepChoice } from '#domain/team/choices.ts'

/** Whether the sidebar shows icons alone. */
export const NARROW_SIDEBAR = 'slipway.sidebar-narrow'
/** How a change of code is laid out: `unified` or `split`. */
export const DIFF_LOOK = 'slipway.diff-look'
/** Whether it is shown without what is only white space. */
export const DIFF_WHITESPACE = 'slipway.diff-whitespace'

/**
 * How this person likes something of the pages: it follows them to their other browsers, and is nobody else's. What this browser knew of it last is there at once, so
 * that nothing jumps; what another one chose since comes when it is known.
 */
export function useOwnChoice<T extends string | number | boolean>(key: string, fallback: T): [T, (value: T) => void] {
  const { member } = useSession()
  const personId = member?.id ?? null
  const [shown, show] = useKept<T>(key, fallback)
  const chosen = useQuery(personId === null ? null : choiceOf(personId, key))?.[0]?.value
  const keep = useCommand(keepChoice)
  useEffect(() => {
    if (typeof chosen === typeof fallback) show(chosen as T)
  }, [chosen, fallback, show])
  const choose = useCallback(
    (value: T) => {
      show(value)
      if (personId !== null) void keep({ personId, key, value })
    },
    [show, keep, personId, key],
  )
  return [shown, choose]
}
