import Check from 'lucide-react/icons/check'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components/Checkbox'
import { classes } from './classes.ts'

/** A box to tick with its words. */
export function Checkbox({
  children,
  className,
  ...rest
}: Omit<CheckboxProps, 'className' | 'children' | 'style'> & { children?: ReactNode; className?: string }) {
  return (
    <AriaCheckbox
      {...rest}
      className={classes(
        'group flex cursor-pointer items-start gap-2 text-sm data-disabled:cursor-default data-disabled:opacity-60',
        className,
      )}
    >
      <span
        aria-hidden
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-edge bg-surface text-on-solid transition-colors group-data-hovered:border-muted group-data-selected:border-accent-solid group-data-selected:bg-accent-solid group-data-focus-visible:ring-focus"
      >
        <Check className="size-3 opacity-0 group-data-selected:opacity-100" strokeWidth={3} />
      </span>
      {children}
    </AriaCheckbox>
  )
}
