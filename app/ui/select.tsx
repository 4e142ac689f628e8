import Check from 'lucide-react/icons/check'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import { type ReactNode, useId, useRef, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { ListBox, ListBoxItem, type Selection, Text } from 'react-aria-components/ListBox'
import { classes } from './classes.ts'
import { choiceClasses, Popover } from './popover.tsx'
import { fieldClasses } from './text-field.tsx'

export type Choice<K extends string = string> = { id: K; label: string; icon?: ReactNode; hint?: string; isDisabled?: boolean }

type SelectProps<K extends string> = {
  label: string
  hideLabel?: boolean
  choices: readonly Choice<K>[]
  value: K | null
  onChange: (value: K) => void
  placeholder?: string
  hint?: ReactNode
  error?: string | null | undefined
  isDisabled?: boolean
  noMessage?: boolean
  /** `quiet` shows an edge only when pointed at: for side panels. */
  look?: 'plain' | 'quiet'
  /** The label beside the choice instead of above it. */
  isRow?: boolean
  className?: string
}

/**
 * One choice of a few. Until it is opened it is a button and nothing else: React Aria's own Select draws its whole list (twice:
 * once for itself, once as the browser's own) whenever the page around it is drawn, and a card has four of them.
 */
export function Select<K extends string>({
  label,
  hideLabel = false,
  choices,
  value,
  onChange,
  placeholder = 'Choose…',
  hint,
  error,
  isDisabled = false,
  noMessage = false,
  look = 'plain',
  isRow = false,
  className,
}: SelectProps<K>) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const chosen = choices.find((choice) => choice.id === value)
  const message = noMessage ? null : error || hint
  const choose = (keys: Selection) => {
    setOpen(false)
    // Empty where somebody took what was chosen already.
    if (keys !== 'all') for (const key of keys) onChange(key as K)
  }
  return (
    <div
      className={classes('min-w-0', isRow ? 'grid min-h-8 grid-cols-[84px_minmax(0,1fr)] items-center' : 'flex flex-col gap-1', className)}
    >
      <label
        id={`${id}-label`}
        htmlFor={id}
        className={hideLabel ? 'sr-only' : isRow ? 'text-sm text-muted' : 'text-sm font-medium text-ink'}
      >
        {label}
      </label>
      <AriaButton
        ref={button}
        id={id}
        isDisabled={isDisabled}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-labelledby={`${id}-value ${id}-label`}
        {...(message && { 'aria-describedby': `${id}-message` })}
        {...(error && { 'data-invalid': true })}
        onPress={() => setOpen(true)}
        onKeyDown={(event) => {
          // React Aria keeps a key to the button unless told not to: Escape is the dialog's around it, others are the page's.
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return event.continuePropagation()
          event.preventDefault()
          setOpen(true)
        }}
        className={classes(
          'flex h-8 min-w-0 items-center gap-2 text-left pointer-coarse:h-10',
          look === 'plain'
            ? classes(fieldClasses, 'px-2.5')
            : 'w-full rounded-md px-2 text-sm data-hovered:bg-hover data-pressed:bg-pressed data-disabled:opacity-60',
          'data-focus-visible:ring-focus',
        )}
      >
        <span id={`${id}-value`} className={classes('flex min-w-0 flex-1 items-center gap-2 truncate', !chosen && 'text-faint')}>
          {chosen ? (
            <>
              {chosen.icon}
              <span className="min-w-0 flex-1 truncate">{chosen.label}</span>
            </>
          ) : (
            placeholder
          )}
        </span>
        <ChevronsUpDown aria-hidden className={classes('size-3.5 shrink-0 text-faint', look === 'quiet' && 'opacity-60')} />
      </AriaButton>
      {!noMessage && (
        <div id={`${id}-message`} className={classes('min-h-4 text-xs', error ? 'text-danger' : 'text-muted')}>
          {message}
        </div>
      )}
      <Popover
        triggerRef={button}
        isOpen={isOpen}
        onOpenChange={setOpen}
        placement="bottom start"
        aria-labelledby={`${id}-label`}
        className="w-max min-w-(--trigger-width) max-w-[min(560px,100vw-24px)]"
      >
        <ListBox
          aria-labelledby={`${id}-label`}
          items={choices}
          selectionMode="single"
          selectedKeys={chosen ? [chosen.id] : []}
          onSelectionChange={choose}
          escapeKeyBehavior="none"
          autoFocus
          className="max-h-80 p-1 outline-none"
        >
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} isDisabled={choice.isDisabled ?? false} className={choiceClasses}>
              {({ isSelected }) => (
                <>
                  {choice.icon}
                  <span className="flex min-w-0 flex-1 flex-col">
                    <Text slot="label" className="wrap-anywhere">
                      {choice.label}
                    </Text>
                    {choice.hint && (
                      <Text slot="description" className="wrap-anywhere text-xs text-muted">
                        {choice.hint}
                      </Text>
                    )}
                  </span>
                  {isSelected && <Check aria-hidden className="size-3.5 shrink-0 text-accent" />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </div>
  )
}
