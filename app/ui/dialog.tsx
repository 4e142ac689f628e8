import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { classes } from './classes.ts'
import { IconButton } from './icon-button.tsx'

type DialogProps = {
  title: string
  isOpen: boolean
  onClose: () => void
  /** `alertdialog` interrupts for an answer. */
  role?: 'dialog' | 'alertdialog'
  size?: 'small' | 'medium' | 'large'
  children: ReactNode
  /** The buttons, the safe one first. */
  footer?: ReactNode
}

const WIDTHS = { small: 'max-w-[420px]', medium: 'max-w-[560px]', large: 'max-w-[880px]' }

/** A window over the page; the rest waits. Esc and a press outside close it. On a phone it comes from below. */
export function Dialog({ title, isOpen, onClose, role = 'dialog', size = 'medium', children, footer }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
      className="fixed inset-0 z-40 flex animate-appear items-end justify-center bg-shade md:items-start md:p-6 md:pt-[12vh]"
    >
      <Modal
        className={classes(
          'max-h-[85dvh] w-full animate-rise overflow-auto rounded-t-lg border border-line bg-raised shadow-float md:rounded-lg',
          WIDTHS[size],
        )}
      >
        <AriaDialog role={role} className="flex flex-col outline-none">
          <header className="flex items-center gap-2 px-4 pt-3 pb-1">
            <Heading slot="title" className="min-w-0 flex-1 text-lg font-semibold break-words">
              {title}
            </Heading>
            <IconButton label="Close" noTooltip onPress={onClose}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </header>
          <div className="px-4 py-2">{children}</div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 px-4 pt-2 pb-4">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
