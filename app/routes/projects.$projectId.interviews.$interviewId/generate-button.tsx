import Sparkles from 'lucide-react/icons/sparkles'
import { useId } from 'react'
import { Button } from '#app/ui/button.tsx'

/** Begins to make prompts, with a word below on what that does, or on why it cannot be done. */
export function GenerateButton({ isNext, why, onPress }: { isNext: boolean; why: string | null; onPress: () => void }) {
  const id = useId()
  return (
    // A button that cannot be pressed hears no pointer either, so what stands around it has the tooltip.
    <div title={why ?? ''} className="flex flex-col gap-2">
      <Button
        look={isNext ? 'primary' : 'plain'}
        icon={<Sparkles aria-hidden className="size-4" />}
        onPress={onPress}
        isDisabled={why !== null}
        aria-describedby={id}
      >
        Generate prompts
      </Button>
      <p id={id} className="text-xs text-muted">
        {why ?? 'Proposals come one by one; nothing is saved before you accept it.'}
      </p>
    </div>
  )
}
