import { Toaster, toast } from 'sonner'

/** The corner where short sentences appear; stands once, in the root. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-right"
      visibleToasts={4}
      gap={8}
      offset={16}
      mobileOffset={{ bottom: 72, left: 12, right: 12 }}
      containerAriaLabel="Messages"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full md:w-[360px] items-start gap-2 rounded-lg border border-line bg-raised px-3 py-2.5 text-sm text-ink shadow-float',
          error: 'border-l-4 border-l-danger',
          success: 'border-l-4 border-l-ok',
          icon: 'hidden',
          content: 'min-w-0 flex-1 break-words',
          actionButton: 'shrink-0 rounded-md px-2 py-0.5 text-sm font-medium text-accent hover:bg-hover',
        },
      }}
    />
  )
}

/** Says a refusal: one sentence that names cause and cure. The same sentence twice shows once. */
export const sayRefusal = (message: string): void => {
  toast.error(message, { id: message, duration: 8000 })
}

/** Says that something is done, perhaps with the way back. */
export const sayDone = (message: string, action?: { label: string; run: () => void }): void => {
  toast.success(message, { id: message, duration: 4000, ...(action ? { action: { label: action.label, onClick: action.run } } : {}) })
}

/** Says that something happened elsewhere, with the way to it. */
export const sayNews = (message: string, open: () => void): void => {
  toast(message, { id: message, duration: 8000, action: { label: 'Open', onClick: open } })
}
