import type { NotifyState } from '#app/needs/notify-choice.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Switch } from '#app/ui/switch.tsx'

/** Whether this browser tells of what needs one while Slipway is out of sight; nothing where it cannot. */
export function NotifySwitch({ state, choose }: { state: NotifyState; choose: (isOn: boolean) => Promise<void> }) {
  if (state === 'impossible') return null
  return (
    <Switch isSelected={state === 'on'} onChange={(isOn) => void choose(isOn)}>
      Notify me
    </Switch>
  )
}

/** Why notifications do not come though they are wanted, and what helps; nothing where they do. */
export function NotifyTrouble({ state }: { state: NotifyState }) {
  if (state !== 'denied') return null
  return (
    <Banner kind="warning" className="shrink-0 rounded-none border-b border-line">
      Your browser keeps notifications of this site back. Allow them in its settings for this site (the icon beside the address), then
      switch “Notify me” on again.
    </Banner>
  )
}
