import { useCallback } from 'react'
import { readUnsent, useSession } from '#app/replica/react.tsx'
import { writeUnsentFile } from '#domain/core/unsent-file.ts'
import { saveAs } from './save-as.ts'

/** Gives the person what the server does not have as a file. Answers how many changes are in it; with none there is no file. */
export function useSaveUnsent(): () => Promise<number> {
  const { team, member } = useSession()
  return useCallback(async () => {
    const changes = await readUnsent()
    if (changes.length === 0 || !team || !member) return 0
    const savedAt = new Date().toISOString()
    const text = writeUnsentFile({ team, by: member.username, savedAt, changes })
    saveAs(`slipway-unsent-${savedAt.slice(0, 16).replaceAll(':', '.')}.json`, 'application/json', text)
    return changes.length
  }, [team, member])
}

/** `One change`, `3 changes`. */
export const sayChanges = (count: number): string => (count === 1 ? 'One change' : `${count} changes`)
