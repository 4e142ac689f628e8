import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { type ButtonLook, type ButtonSize, buttonClasses } from './button.tsx'
import { classes } from './classes.ts'
import { Tooltip } from './tooltip.tsx'

export type IconButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'style'> & {
  /** What it does, in words: the accessible name and the tooltip. */
  label: string
  children: ReactNode
  keys?: string
  look?: ButtonLook
  size?: ButtonSize
  className?: string
  buttonRef?: Ref<HTMLButtonElement>
  /** Where the control already opens something beside itself. */
  noTooltip?: boolean
}

/** A square button with an icon. Its label is its accessible name and its tooltip. */
export function IconButton({
  label,
  keys,
  look = 'quiet',
  size = 'small',
  className,
  noTooltip = false,
  buttonRef = null,
  children,
  ...rest
}: IconButtonProps) {
  const button = (
    <AriaButton {...rest} ref={buttonRef} aria-label={label} className={classes(buttonClasses(look, size, true), className)}>
      {children}
    </AriaButton>
  )
  return noTooltip ? (
    button
  ) : (
    <Tooltip text={label} keys={keys}>
      {button}
    </Tooltip>
  )
}
