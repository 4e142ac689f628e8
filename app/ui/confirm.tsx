import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

type ConfirmProps = {
  title: string
  isOpen: boolean
  onClose: () => void
  onConfirm: () => void
  /** The verb on the button: "Merge", "Delete card". Never "OK". */
  verb: string
  isDanger?: boolean
  isPending?: boolean
  /** The refusal, when the first try was refused. */
  error?: string | null
  /** It has a field to fill in, which then has the focus in place of the button. */
  asksFirst?: boolean
  children: ReactNode
}

/** Asks before what cannot be taken back, naming exactly what will happen. */
export function Confirm({
  title,
  isOpen,
  onClose,
  onConfirm,
  verb,
  isDanger = false,
  isPending = false,
  error,
  asksFirst = false,
  children,
}: ConfirmProps) {
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      role="alertdialog"
      size="small"
      footer={
        <>
          <Button onPress={onClose} autoFocus={isDanger}>
            Cancel
          </Button>
          <Button look={isDanger ? 'danger' : 'primary'} onPress={onConfirm} isPending={isPending} autoFocus={!isDanger && !asksFirst}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="text-sm text-muted">{children}</div>
      <p role="alert" className="min-h-5 pt-2 text-sm text-danger">
        {error}
      </p>
    </Dialog>
  )
}
