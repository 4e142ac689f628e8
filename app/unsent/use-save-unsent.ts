import { useCallback } from 'react'
import { readUnsent, useSession } from '#app/replica/react.tsx'
import { writeUnsentFile } from '#domain/core/unsent-file.ts'
import { saveAs } from './save-as.ts'

/** Gives the person what the server does not have as a file. Answers false, without a file, where there is nothing. */
export function useSaveUnsent(): () => Promise<boolean> {
  const { team, member } = useSession()
  return useCallback(async () => {
    const changes = await readUnsent()
    if (changes.length === 0 || !team || !member) return false
    const savedAt = new Date().toISOString()
    const text = writeUnsentFile({ team, by: member.username, savedAt, changes })
    saveAs(`slipway-unsent-${savedAt.slice(0, 16).replaceAll(':', '.')}.json`, 'application/json', text)
    return true
  }, [team, member])
}
