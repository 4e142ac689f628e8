import type { ReactNode } from 'react'
import { Popover as AriaPopover, type PopoverProps } from 'react-aria-components/Popover'
import { classes } from './classes.ts'

/** The floating ground of menus, lists and small forms. */
export function Popover({
  className,
  children,
  ...rest
}: Omit<PopoverProps, 'className' | 'children' | 'style'> & { className?: string; children: ReactNode }) {
  return (
    <AriaPopover
      offset={4}
      {...rest}
      className={classes(
        'animate-appear overflow-auto rounded-lg border border-line bg-raised text-sm shadow-float scroll-thin',
        className,
      )}
    >
      {children}
    </AriaPopover>
  )
}

/** One row of a menu or a list of choices. */
export const choiceClasses =
  'flex min-h-7 cursor-pointer select-none items-center gap-2 rounded-md px-2 py-1 text-sm text-ink outline-none data-focused:bg-hover data-disabled:cursor-default data-disabled:text-faint pointer-coarse:min-h-10'
