import { createContext, type ReactNode, useContext, useEffect, useId, useMemo, useRef, useState } from 'react'
import { isChord, isTyping } from './key-match.ts'

/** Something one can do on this page: it stands in the command bar, and in the list of shortcuts when it has keys. */
export type PageAction = {
  id: string
  label: string
  keys?: string
  /** Its keys mean this only where what it acts on has the keyboard, and are listened for there: Space presses buttons too. */
  isHeardElsewhere?: boolean
  icon?: ReactNode
  run: () => void
}
export type PageActions = { title: string; actions: readonly PageAction[] }

type Registry = { groups: Map<string, PageActions>; open: (what: 'bar' | 'shortcuts') => void }
const RegistryContext = createContext<Registry | null>(null)

/**
 * Tells the shell what can be done here while the component is mounted. The same list gives the keys, the command bar and
 * the shortcuts page, so that none of them can forget one.
 */
export function useActions(title: string, actions: readonly PageAction[]): void {
  const registry = useContext(RegistryContext)
  const id = useId()
  useEffect(() => {
    registry?.groups.set(id, { title, actions })
    return () => {
      registry?.groups.delete(id)
    }
  }, [registry, id, title, actions])
}

/** Opens the command bar or the list of shortcuts. */
export function useOpenBar(): (what: 'bar' | 'shortcuts') => void {
  const registry = useContext(RegistryContext)
  return (what) => registry?.open(what)
}

type Overlay = { isOpen: boolean; onClose: () => void; groups: readonly PageActions[] }

/** Holds the actions of everything on the page and listens for their keys. */
export function ActionsProvider({
  children,
  bar: Bar,
  shortcuts: Shortcuts,
}: {
  children: ReactNode
  bar: (props: Overlay) => ReactNode
  shortcuts: (props: Overlay) => ReactNode
}) {
  const [shown, setShown] = useState<'bar' | 'shortcuts' | null>(null)
  const registry = useMemo<Registry>(() => ({ groups: new Map(), open: setShown }), [])
  const present = useRef(shown)
  present.current = shown

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isChord(event, 'mod+k')) {
        event.preventDefault()
        setShown((now) => (now === 'bar' ? null : 'bar'))
        return
      }
      if (event.defaultPrevented || event.isComposing || present.current || isElsewhere(event.target)) return
      if (isChord(event, '?') && !isTyping(event.target)) {
        event.preventDefault()
        setShown('shortcuts')
        return
      }
      for (const { actions } of registry.groups.values()) {
        for (const action of actions) {
          if (!action.keys || action.isHeardElsewhere || !isChord(event, action.keys) || isTyping(event.target)) continue
          event.preventDefault()
          action.run()
          return
        }
      }
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [registry])

  const groups = shown ? [...registry.groups.values()].filter((group) => group.actions.length > 0) : []
  return (
    <RegistryContext.Provider value={registry}>
      {children}
      <Bar isOpen={shown === 'bar'} onClose={() => setShown(null)} groups={groups} />
      <Shortcuts isOpen={shown === 'shortcuts'} onClose={() => setShown(null)} groups={groups} />
    </RegistryContext.Provider>
  )
}

/** In a dialog or an open menu the page behind has no keys. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]') !== null
