import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useRoom, useSession } from '#app/replica/react.tsx'
import { personRoom } from '#domain/core/rooms.ts'
import type { Need } from '#domain/needs/rules.ts'
import { useNeedsOf } from './use-needs.ts'

/** The page's own lists are asked first: what stands beside the navigation may come a little later. */
const LATER_MS = 1_000

const MyNeeds = createContext<readonly Need[] | undefined>(undefined)

/** Asks once for the whole page what waits for this person, with their own room open where what they have seen stands in it. */
export function NeedsProvider({ children }: { children: ReactNode }) {
  const [isAsked, setAsked] = useState(false)
  const { member } = useSession()
  useRoom(isAsked && member?.role === 'viewer' ? personRoom(member.id) : null)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(true), LATER_MS)
    return () => clearTimeout(timer)
  }, [])
  return <MyNeeds.Provider value={useNeedsOf('mine', isAsked)}>{children}</MyNeeds.Provider>
}

/** What waits for this person; undefined while it is loading. */
export const useMyNeeds = (): readonly Need[] | undefined => useContext(MyNeeds)

/** How much of it this person has not looked at. */
export const useUnseenCount = (): number => useMyNeeds()?.filter(({ isUnseen }) => isUnseen).length ?? 0
