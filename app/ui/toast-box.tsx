import { useEffect } from 'react'
import { Toaster, toast } from 'sonner'
import { useMedia } from './use-media.ts'

export { toast }

/** The corner itself; `onReady` once what is said from now on is shown. On a phone it lies over the page's title: below are the fields and buttons that are in use. */
export function ToastBox({ onReady }: { onReady: () => void }) {
  const isWide = useMedia('(min-width: 768px)')
  useEffect(onReady, [onReady])
  return (
    <Toaster
      position={isWide ? 'bottom-right' : 'top-center'}
      visibleToasts={4}
      gap={8}
      offset={16}
      mobileOffset={8}
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
