import type { ReactNode } from 'react'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { type Choice, Select } from '#app/ui/select.tsx'
import { Spinner } from '#app/ui/spinner.tsx'
import type { useProposals } from './use-proposals.ts'

type Props = {
  title: string
  /** The verb on the button that asks. */
  verb: string
  /** Who can be asked, and what it means to ask the one that is chosen. */
  who: { label: string; choices: readonly Choice[]; value: string; onChange: (id: string) => void; hint: string }
  proposals: Pick<ReturnType<typeof useProposals>, 'isPending' | 'refusal'>
  /** What is done meanwhile, in a word: "Writing". */
  doing: string
  onPropose: () => void
  onClose: () => void
  /** What is to be known before one asks. */
  children?: ReactNode
}

/** Asks who is to propose something, says that it is at work, or why nothing came of it. */
export function ProposeDialog({ title, verb, who, proposals, doing, onPropose, onClose, children }: Props) {
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" onPress={onPropose} isPending={proposals.isPending}>
            {verb}
          </Button>
        </>
      }
    >
      <Select {...who} isDisabled={proposals.isPending} />
      {children}
      {proposals.refusal && (
        <Banner
          kind="error"
          className="mt-2"
          actions={
            <Button size="small" onPress={onPropose}>
              Try again
            </Button>
          }
        >
          {proposals.refusal.message}
        </Banner>
      )}
      {proposals.isPending && (
        <p role="status" className="mt-2 flex items-center gap-2 text-sm text-muted">
          <Spinner /> {doing}… You can close this; nothing is saved.
        </p>
      )}
    </Dialog>
  )
}
