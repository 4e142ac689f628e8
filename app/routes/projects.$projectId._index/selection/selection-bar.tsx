import Ellipsis from 'lucide-react/icons/ellipsis'
import X from 'lucide-react/icons/x'
import { useEffect } from 'react'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { cardDeeds } from '#app/work/deeds/card-deeds.tsx'
import { useMoves } from '../board-context.ts'
import { actedOn } from './acted-on.ts'
import { useSelectedCount } from './use-selected.ts'

/** Those that have a place of their own in the bar; the others stand behind the dots. */
const IN_BAR = ['move', 'priority', 'assignee', 'labels', 'archive']

/** What is selected and what can be done with it: at the lower edge, over the columns, while anything is. */
export function SelectionBar() {
  const moves = useMoves()
  const count = useSelectedCount()
  const deeds = moves.canWrite ? cardDeeds(moves) : []
  useToastsAbove(count > 0)
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-20 flex justify-center px-2">
      <p role="status" aria-live="polite" className="sr-only">
        {count === 0 ? '' : `${count} selected`}
      </p>
      {count > 0 && (
        <div
          role="toolbar"
          aria-label="Selected cards"
          className="pointer-events-auto flex max-w-full animate-rise items-center gap-0.5 rounded-lg border border-edge bg-raised p-1 shadow-float"
        >
          <IconButton label="Clear the selection" keys="esc" onPress={() => moves.selection.clear()}>
            <X aria-hidden className="size-4" />
          </IconButton>
          <span aria-hidden className="mr-1 pr-2 text-sm font-medium whitespace-nowrap tabular md:border-r md:border-line">
            {count}
            <span className="max-md:hidden"> selected</span>
          </span>
          {deeds
            .filter(({ id }) => IN_BAR.includes(id))
            .map(({ id, label, icon, keys, run }) => (
              <IconButton
                key={id}
                label={label.replace('…', '')}
                {...(keys ? { keys } : {})}
                onPress={() => run(actedOn(moves))}
                className="gap-1.5 md:w-auto! md:px-2"
              >
                {icon}
                <span className="text-sm max-md:hidden">{label.replace('…', '')}</span>
              </IconButton>
            ))}
          {deeds.length > 0 && (
            <Menu
              label="More for the selected cards"
              placement="top start"
              trigger={
                <IconButton label="More" noTooltip>
                  <Ellipsis aria-hidden className="size-4" />
                </IconButton>
              }
              groups={[
                {
                  actions: deeds
                    .filter(({ id }) => !IN_BAR.includes(id))
                    .map(({ run, ...deed }) => ({ ...deed, run: () => run(actedOn(moves)) })),
                },
              ]}
            />
          )}
        </div>
      )}
    </div>
  )
}

/** Messages appear above the bar, not over it: `theme.css` moves them. */
function useToastsAbove(isShown: boolean): void {
  useEffect(() => {
    document.documentElement.toggleAttribute('data-toasts-above', isShown)
    return () => document.documentElement.removeAttribute('data-toasts-above')
  }, [isShown])
}
