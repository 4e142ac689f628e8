import { useLocation, useMatch } from '@remix-run/react'
import { type ReactNode, useEffect } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { useQuery } from '#app/replica/react.tsx'
import { SignInGate } from '#app/routes/sign-in/sign-in-gate.tsx'
import { Toasts } from '#app/ui/toasts.tsx'
import { isId } from '#domain/core/rooms.ts'
import { projectsList } from '#domain/projects/queries.ts'
import { Shell } from './shell.tsx'
import { useKept } from './use-kept.ts'

const projects = projectsList()

/** What stands around every page: the way in, the shell, the messages. Only an invitation is read without it. */
export function AppFrame({ children }: { children: ReactNode }) {
  const { pathname } = useLocation()
  const projectId = useProjectShown()
  const isBare = pathname === '/join' || pathname === '/sign-in' || pathname === '/design'
  return (
    <I18nProvider locale="en-GB">
      {pathname === '/design' ? children : <SignInGate>{isBare ? children : <Shell projectId={projectId}>{children}</Shell>}</SignInGate>}
      <Toasts />
    </I18nProvider>
  )
}

/** The project in the address; in the settings and where all projects are, the one that was open last, so that the way back stays in sight. */
function useProjectShown(): string | null {
  const inAddress = useMatch('/projects/:projectId/*')?.params.projectId ?? null
  // What cannot be a project has no rooms to ask the server for, nor places to go to.
  const here = inAddress !== null && isId(inAddress) ? inAddress : null
  const isSettings = useMatch('/settings/*') !== null
  const isNeeds = useMatch('/needs-me') !== null
  const [last, keepLast] = useKept<string>('slipway.last-project', '')
  // An address that leads nowhere is no place to come back to.
  const all = useQuery(projects)
  const isThere = all?.some(({ id }) => id === here)
  // Nor is one that was deleted or archived since.
  const isLastThere = last !== '' && (all?.some(({ id }) => id === last) ?? true)
  useEffect(() => {
    if (here && isThere && here !== last) keepLast(here)
  }, [here, isThere, last, keepLast])
  return here ?? ((isSettings || isNeeds) && isLastThere ? last : null)
}
