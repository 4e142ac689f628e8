import { Link } from '@remix-run/react'
import Check from 'lucide-react/icons/check'
import ChevronRight from 'lucide-react/icons/chevron-right'
import X from 'lucide-react/icons/x'
import { useId, useState } from 'react'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { classes } from '#app/ui/classes.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import type { Suggestion } from '#domain/tasks/schema.ts'

export type Shown = Pick<Suggestion, 'id' | 'title' | 'description' | 'size' | 'checklist' | 'dependsOn' | 'promptId' | 'suggestedBy'>

type Props = {
  projectId: string
  card: Shown
  /** Who suggested it. */
  by: string
  /** The titles of the suggestions it would wait for. */
  waitsFor: readonly string[]
  canWrite: boolean
  isChosen: boolean
  onChoose: () => void
  onAccept: () => void
  onReject: () => void
}

/** One suggested card: dashed, since it is none yet; its words on demand. */
export function SuggestedCard({ projectId, card, by, waitsFor, canWrite, isChosen, onChoose, onAccept, onReject }: Props) {
  const [isOpen, setOpen] = useState(false)
  const words = useId()
  return (
    <li className="rounded-md border border-dashed border-edge bg-surface p-2">
      <div className="flex items-start gap-2">
        {canWrite && <Checkbox aria-label={`Choose “${card.title}”`} isSelected={isChosen} onChange={onChoose} className="pt-0.5" />}
        <div className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={words}
            onClick={() => setOpen(!isOpen)}
            className="flex w-full items-start gap-1 rounded-sm text-left text-sm font-medium focus-visible:ring-focus"
          >
            <ChevronRight
              aria-hidden
              className={classes('mt-0.5 size-4 shrink-0 text-faint transition-transform', isOpen && 'rotate-90')}
            />
            <span className="min-w-0 break-words">{card.title}</span>
          </button>
          <p className="mt-0.5 pl-5 text-xs text-muted">
            {card.size && `Size ${card.size} · `}suggested by {by} from{' '}
            <Link to={`/projects/${projectId}/prompts/${card.promptId}`} className="text-accent underline underline-offset-2">
              its prompt
            </Link>
            {waitsFor.length > 0 && ` · waits for ${waitsFor.map((title) => `“${title}”`).join(', ')}`}
          </p>
        </div>
        {canWrite && (
          <div className="flex shrink-0 gap-1">
            <IconButton label={`Reject “${card.title}”`} onPress={onReject}>
              <X aria-hidden className="size-4" />
            </IconButton>
            <IconButton label={`Accept “${card.title}”`} onPress={onAccept}>
              <Check aria-hidden className="size-4" />
            </IconButton>
          </div>
        )}
      </div>
      <div id={words} hidden={!isOpen} className="mt-2 pl-11 text-sm">
        {isOpen && (
          <>
            {card.description ? <Markdown text={card.description} /> : <p className="text-muted">No description.</p>}
            {card.checklist.length > 0 && (
              <>
                <p className="mt-2 text-xs font-medium text-muted">Done when</p>
                <ul className="mt-1 list-disc pl-5">
                  {card.checklist.map(({ id, text }) => (
                    <li key={id}>{text}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </div>
    </li>
  )
}
