import { lazy, Suspense } from 'react'

type EditPromptProps = { projectId: string; promptId: string | null; onClose: () => void }

const Fetched = lazy(() => import('./edit-prompt.tsx').then(({ EditPrompt }) => ({ default: EditPrompt })))

/** Edits the prompt a card rests on. It is fetched when first asked for. */
export function EditPromptLater({ promptId, ...rest }: EditPromptProps) {
  if (promptId === null) return null
  return (
    <Suspense fallback={null}>
      <Fetched promptId={promptId} {...rest} />
    </Suspense>
  )
}
