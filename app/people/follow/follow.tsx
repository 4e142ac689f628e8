import { useLocation } from '@remix-run/react'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useAwareness, usePresence, useSession } from '#app/replica/react.tsx'
import { useActions } from '#app/shell/actions.tsx'
import { projectRoom } from '#domain/core/rooms.ts'
import { usePeople } from '../use-people.ts'
import { FOLLOW, followed } from './followed.ts'
import { Following } from './following.tsx'
import { useLead } from './lead.ts'
import { projectPath } from './whereabouts.ts'

/** Where people of a project go together: tells those who follow this person the way, and leads this page where the one goes whom it follows. */
export function Follow({ projectId }: { projectId: string }) {
  const room = projectRoom(projectId)
  const awareness = useAwareness(room)
  const { member: me } = useSession()
  const { pathname, search } = useLocation()
  const path = useMemo(() => projectPath(pathname + search), [pathname, search])
  const face = useSyncExternalStore(followed.subscribe, followed.get)
  const present = usePresence(room)
  const faceOf = usePeople()
  const stop = useCallback(() => followed.set(null), [])
  useLead(awareness, me?.id, path)
  const others = useMemo(() => [...new Set(present.map(({ memberId }) => memberId))].filter((id) => id !== me?.id), [present, me?.id])
  const actions = useMemo(
    () => others.map(faceOf).map((one) => ({ id: one.id, label: FOLLOW.say(one.name), run: () => FOLLOW.run(one) })),
    [others, faceOf],
  )
  useActions('Here now', actions)
  return face && <Following key={face.id} awareness={awareness} path={path} face={faceOf(face.id)} stop={stop} />
}
