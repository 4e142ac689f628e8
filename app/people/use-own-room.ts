import { useEffect, useState } from 'react'
import { useRoom, useSession } from '#app/replica/react.tsx'
import { idle } from '#app/ui/idle.ts'
import { personRoom } from '#domain/core/rooms.ts'

const PATIENCE_MS = 3_000

/** Opens the room of what is this person's own. Nothing waits for it: it comes when the page is drawn. */
export function useOwnRoom(): void {
  const { member } = useSession()
  const [isIdle, setIdle] = useState(false)
  useEffect(() => {
    let isGone = false
    void idle(PATIENCE_MS).then(() => isGone || setIdle(true))
    return () => {
      isGone = true
    }
  }, [])
  useRoom(isIdle && member ? personRoom(member.id) : null)
}
