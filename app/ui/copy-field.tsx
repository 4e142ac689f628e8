import { TextField as AriaTextField, Input, Label } from 'react-aria-components/TextField'
import { classes } from './classes.ts'
import { CopyButton } from './copy-button.tsx'
import { fieldClasses } from './text-field.tsx'

/** A text to take elsewhere: read-only, selected as soon as it is there, with a copy button. What was pressed to get it is gone, and the keyboard must be somewhere. */
export function CopyField({ label, value }: { label: string; value: string }) {
  return (
    <AriaTextField value={value} isReadOnly autoFocus className="flex min-w-0 flex-col gap-1">
      <Label className="text-sm font-medium text-ink">{label}</Label>
      <div className="flex items-center gap-1">
        <Input
          onFocus={(event) => event.currentTarget.select()}
          className={classes(fieldClasses, 'h-8 flex-1 px-2.5 font-mono text-xs pointer-coarse:h-10')}
        />
        <CopyButton label="Copy" text={value} />
      </div>
    </AriaTextField>
  )
}
