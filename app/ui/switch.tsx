import type { ReactNode } from 'react'
import { Switch as AriaSwitch, type SwitchProps } from 'react-aria-components/Switch'
import { classes } from './classes.ts'

/** Something that is on or off and takes effect at once. Its words are its accessible name; `hideLabel` keeps them out of sight. */
export function Switch({
  children,
  hideLabel = false,
  className,
  ...rest
}: Omit<SwitchProps, 'className' | 'children' | 'style'> & { children: ReactNode; hideLabel?: boolean; className?: string }) {
  return (
    <AriaSwitch
      {...rest}
      className={classes(
        'group flex cursor-pointer items-center gap-2 text-sm data-disabled:cursor-default data-disabled:opacity-60',
        className,
      )}
    >
      <span
        aria-hidden
        className="flex h-4 w-7 shrink-0 items-center rounded-full border border-edge bg-pressed px-px transition-colors group-data-hovered:border-muted group-data-selected:border-accent-solid group-data-selected:bg-accent-solid group-data-focus-visible:ring-focus"
      >
        <span className="size-3 rounded-full bg-muted transition-transform group-data-selected:translate-x-3 group-data-selected:bg-on-solid" />
      </span>
      <span className={hideLabel ? 'sr-only' : undefined}>{children}</span>
    </AriaSwitch>
  )
}
