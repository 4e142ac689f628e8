import type { ReactNode, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Kbd } from './kbd.tsx'

type ChoiceButtonProps = {
  children: ReactNode
  /** The key that picks it, shown at its left. */
  keys: string
  onPress: () => void
  isDisabled?: boolean
  buttonRef?: Ref<HTMLButtonElement>
}

/** One of a few answers to click: as wide as its place, its words may wrap, its key stands before them. */
export function ChoiceButton({ children, keys, onPress, isDisabled = false, buttonRef }: ChoiceButtonProps) {
  return (
    <AriaButton
      {...(buttonRef ? { ref: buttonRef } : {})}
      onPress={onPress}
      isDisabled={isDisabled}
      aria-keyshortcuts={keys}
      className="flex min-h-9 w-full items-center gap-2.5 rounded-md border border-edge bg-surface px-2.5 py-1.5 text-left text-sm text-ink transition-colors select-none data-disabled:opacity-50 data-focus-visible:border-accent data-focus-visible:bg-accent-soft data-focus-visible:ring-focus data-hovered:border-muted data-hovered:bg-hover data-pressed:bg-pressed pointer-coarse:min-h-11"
    >
      <span aria-hidden className="flex pointer-coarse:hidden">
        <Kbd keys={keys} />
      </span>
      <span className="min-w-0 flex-1">{children}</span>
    </AriaButton>
  )
}
