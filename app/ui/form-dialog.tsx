import { type ReactNode, useId } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { useFirstWrong } from './use-first-wrong.ts'

type FormDialogProps = {
  title: string
  onClose: () => void
  onSubmit: () => void
  /** The verb on the button that Enter presses: "Create project", "Rename". */
  verb: string
  isPending?: boolean
  isDisabled?: boolean
  size?: 'small' | 'medium' | 'large'
  /** A button for something else, before the two (`mr-auto` keeps it away from them). */
  aside?: ReactNode
  /** How the fields stand. */
  className?: string
  children: ReactNode
}

/** A window with fields to fill in, there while it is rendered: what was typed and refused goes with it. */
export function FormDialog({
  title,
  onClose,
  onSubmit,
  verb,
  isPending = false,
  isDisabled = false,
  size = 'medium',
  aside,
  className = 'flex flex-col gap-2.5',
  children,
}: FormDialogProps) {
  const id = useId()
  const { form, asked } = useFirstWrong(isPending)
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      size={size}
      footer={
        <>
          {aside}
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={id} isPending={isPending} isDisabled={isDisabled}>
            {verb}
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          asked()
          onSubmit()
        }}
        className={className}
      >
        {children}
      </form>
    </Dialog>
  )
}
