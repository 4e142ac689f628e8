import Check from 'lucide-react/icons/check'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Select as AriaSelect,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  SelectValue,
  Text,
} from 'react-aria-components/Select'
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

/** One choice of a few. */
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
  return (
    <AriaSelect
      value={value}
      onChange={(key) => key !== null && onChange(key as K)}
      placeholder={placeholder}
      isDisabled={isDisabled}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      className={classes('min-w-0', isRow ? 'grid min-h-8 grid-cols-[84px_minmax(0,1fr)] items-center' : 'flex flex-col gap-1', className)}
    >
      <Label className={hideLabel ? 'sr-only' : isRow ? 'text-sm text-muted' : 'text-sm font-medium text-ink'}>{label}</Label>
      <AriaButton
        className={classes(
          'flex h-8 min-w-0 items-center gap-2 text-left pointer-coarse:h-10',
          look === 'plain'
            ? classes(fieldClasses, 'px-2.5')
            : 'w-full rounded-md px-2 text-sm data-hovered:bg-hover data-pressed:bg-pressed data-disabled:opacity-60',
          'data-focus-visible:ring-focus',
        )}
      >
        <SelectValue className="flex min-w-0 flex-1 items-center gap-2 truncate data-placeholder:text-faint [&_[slot=description]]:hidden" />
        <ChevronsUpDown aria-hidden className={classes('size-3.5 shrink-0 text-faint', look === 'quiet' && 'opacity-60')} />
      </AriaButton>
      {!noMessage && (
        <div className="min-h-4 text-xs">
          {error ? (
            <FieldError className="text-danger">{error}</FieldError>
          ) : (
            hint && (
              <Text slot="description" className="text-muted">
                {hint}
              </Text>
            )
          )}
        </div>
      )}
      <Popover className="min-w-(--trigger-width)">
        <ListBox items={choices} className="max-h-80 p-1 outline-none">
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} isDisabled={choice.isDisabled ?? false} className={choiceClasses}>
              {({ isSelected }) => (
                <>
                  {choice.icon}
                  <span className="flex min-w-0 flex-1 flex-col">
                    <Text slot="label" className="truncate">
                      {choice.label}
                    </Text>
                    {choice.hint && (
                      <Text slot="description" className="truncate text-xs text-muted">
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
    </AriaSelect>
  )
}
