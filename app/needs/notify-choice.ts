import { useState } from 'react'
import { useKept } from '#app/shell/use-kept.ts'

const WANTED = 'slipway.notify'

/** Whether this browser notifies: `denied` is a wish the browser refuses, `impossible` an address or a browser that has no notifications. */
export type NotifyState = 'off' | 'on' | 'denied' | 'impossible'

const canNotify = (): boolean => window.isSecureContext && 'Notification' in window

/** The choice of this device, and how to change it; asks the browser's permission when it is switched on, and never else. */
export function useNotifyChoice(): [NotifyState, (isOn: boolean) => Promise<void>] {
  const [isWanted, setWanted] = useKept<boolean>(WANTED, false)
  const [, setAnswer] = useState('')
  const choose = async (isOn: boolean): Promise<void> => {
    const answer = isOn && canNotify() ? await Notification.requestPermission() : 'default'
    // Who closes the browser's question has not answered it.
    setWanted(isOn && answer !== 'default')
    setAnswer(answer)
  }
  if (!canNotify()) return ['impossible', choose]
  if (!isWanted) return ['off', choose]
  return [Notification.permission === 'granted' ? 'on' : 'denied', choose]
}

/** True where this person wants notifications and the browser allows them, whichever page of it was asked. */
export function mayNotify(): boolean {
  try {
    return canNotify() && Notification.permission === 'granted' && localStorage.getItem(WANTED) === 'true'
  } catch {
    return false
  }
}
