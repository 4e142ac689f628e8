import type { ReactNode, Ref, TextareaHTMLAttributes } from 'react'
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from 'react-aria-components/TextField'
import { classes } from './classes.ts'

export const fieldClasses =
  'w-full rounded-md border border-edge bg-surface text-sm text-ink placeholder:text-faint transition-colors data-hovered:border-muted data-focused:border-accent data-focused:outline-2 data-focused:outline-ring/40 data-focused:outline-offset-0 data-invalid:border-danger data-disabled:opacity-50'

type FieldProps = Omit<AriaTextFieldProps, 'className' | 'children' | 'style' | 'isInvalid'> & {
  label: string
  /** Hides the label from sight; it stays the accessible name. */
  hideLabel?: boolean
  /** What helps before typing. It stands where an error would: the line is always reserved, nothing jumps. */
  hint?: ReactNode
  /** The domain's own sentence, when it refuses. */
  error?: string | null | undefined
  placeholder?: string
  className?: string
  /** Leaves out the reserved line under the field; only for fields that cannot be refused. */
  noMessage?: boolean
}

function Frame({ label, hideLabel, hint, error, className, noMessage, children, ...rest }: FieldProps & { children: ReactNode }) {
  return (
    // Not the browser's own check: it would hold a form back, in silence, until what refused it is forgotten.
    <AriaTextField
      {...rest}
      validationBehavior="aria"
      isInvalid={Boolean(error)}
      className={classes('flex min-w-0 flex-col gap-1', className)}
    >
      <Label className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink'}>{label}</Label>
      {children}
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
    </AriaTextField>
  )
}

/** One line of text with its label and a reserved line for the hint or the refusal. */
export function TextField({ placeholder, inputRef, ...rest }: FieldProps & { inputRef?: Ref<HTMLInputElement> }) {
  return (
    <Frame {...rest}>
      <Input
        ref={inputRef ?? null}
        placeholder={placeholder ?? ''}
        className={classes(fieldClasses, 'h-8 px-2.5 pointer-coarse:h-10 pointer-coarse:text-lg')}
      />
    </Frame>
  )
}

/** Several lines of text; it grows with its content from `rows` up to half the window. */
export function TextArea({
  placeholder,
  rows = 3,
  inputRef,
  area,
  ...rest
}: FieldProps & {
  rows?: number
  inputRef?: Ref<HTMLTextAreaElement>
  /** What else the field itself has to say or hear. */
  area?: TextareaHTMLAttributes<HTMLTextAreaElement>
}) {
  return (
    <Frame {...rest}>
      <AriaTextArea
        {...area}
        ref={inputRef ?? null}
        rows={rows}
        placeholder={placeholder ?? ''}
        className={classes(
          fieldClasses,
          'field-sizing-content max-h-[50vh] px-2.5 py-1.5 pointer-coarse:text-lg',
          rows > 1 ? 'resize-y' : 'resize-none',
        )}
        style={{ minHeight: `${rows * 20 + 14}px` }}
      />
    </Frame>
  )
}
