import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { classes } from './classes.ts'
import { Spinner } from './spinner.tsx'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium'

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent-solid text-on-solid data-hovered:bg-accent-press data-pressed:bg-accent-press border border-transparent',
  plain: 'bg-surface text-ink border border-edge data-hovered:bg-hover data-pressed:bg-pressed',
  quiet: 'bg-transparent text-muted border border-transparent data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-pressed',
  danger: 'bg-danger-solid text-on-solid data-hovered:bg-danger-press data-pressed:bg-danger-press border border-transparent',
}
const SIZES: Record<ButtonSize, string> = {
  small: 'h-7 px-2 gap-1.5 text-sm pointer-coarse:h-9',
  medium: 'h-8 px-3 gap-2 text-sm pointer-coarse:h-10',
}
const SQUARES: Record<ButtonSize, string> = { small: 'size-7 pointer-coarse:size-9', medium: 'size-8 pointer-coarse:size-10' }

/** The classes of a button, for a link that looks like one. */
export const buttonClasses = (look: ButtonLook = 'plain', size: ButtonSize = 'medium', isSquare = false): string =>
  classes(
    'relative inline-flex shrink-0 select-none items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors',
    'data-disabled:opacity-50 data-focus-visible:ring-focus',
    LOOKS[look],
    isSquare ? SQUARES[size] : SIZES[size],
  )

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'style'> & {
  children: ReactNode
  look?: ButtonLook
  size?: ButtonSize
  /** An icon before the words. */
  icon?: ReactNode
  className?: string
  ref?: Ref<HTMLButtonElement>
}

/** A button: `primary` once a screen, `plain`, `quiet` in toolbars, `danger` for what cannot be taken back. While `isPending` it keeps its size, turns, and cannot be pressed. */
export function Button({ look = 'plain', size = 'medium', icon, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classes(buttonClasses(look, size), className)}>
      {({ isPending }) => (
        <>
          {isPending && <Spinner className="absolute" />}
          <span className={classes('inline-flex items-center gap-[inherit]', isPending && 'opacity-0')}>
            {icon}
            {children}
          </span>
        </>
      )}
    </AriaButton>
  )
}
