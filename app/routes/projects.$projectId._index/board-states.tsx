// biome-ignore-all lint/suspicious/noArrayIndexKey: places that never change
import { useNavigate } from '@remix-run/react'
import MessagesSquare from 'lucide-react/icons/messages-square'
import Plus from 'lucide-react/icons/plus'
import SquareKanban from 'lucide-react/icons/square-kanban'
import TextQuote from 'lucide-react/icons/text-quote'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { WORDS } from './words.ts'

/** The shape of a board while it is loading: same columns, same cards, same places; or the lines of a list. */
export function BoardSkeleton({ isList }: { isList: boolean }) {
  if (isList)
    return (
      <Loading label="Loading the board" className="min-h-0 flex-1 overflow-hidden">
        {Array.from({ length: 7 }, (_, at) => (
          <div key={at} className="flex h-9 items-center border-b border-line px-4">
            <Skeleton className="h-4 w-1/3" />
          </div>
        ))}
      </Loading>
    )
  return (
    <Loading label="Loading the board" className="flex min-h-0 flex-1 gap-2 overflow-hidden p-4 pt-3">
      {[4, 3, 2, 2, 3].map((cards, at) => (
        <div
          key={at}
          className="flex h-full w-[82vw] shrink-0 md:w-auto md:min-w-56 md:max-w-80 md:flex-1 flex-col gap-1.5 rounded-lg bg-sunken p-2"
        >
          <Skeleton className="mx-1 mt-1 mb-2 h-4 w-24" />
          {Array.from({ length: cards }, (_, place) => (
            <Skeleton key={place} className="h-24 bg-surface" />
          ))}
        </div>
      ))}
    </Loading>
  )
}

/** A board without cards says what cards are and the three ways to get some. */
export function EmptyBoard({ projectId, onAdd }: { projectId: string; onAdd: (() => void) | null }) {
  const navigate = useNavigate()
  const icon = 'size-4'
  return (
    <div className="flex shrink-0 border-b border-line bg-surface">
      <EmptyState
        icon={<SquareKanban className="size-8" />}
        title={WORDS.emptyTitle}
        className="py-8"
        actions={
          onAdd && (
            <>
              <Button
                look="primary"
                icon={<MessagesSquare aria-hidden className={icon} />}
                onPress={() => navigate(`/projects/${projectId}/interviews`)}
              >
                Start an interview
              </Button>
              <Button icon={<TextQuote aria-hidden className={icon} />} onPress={() => navigate(`/projects/${projectId}/prompts`)}>
                Generate from a prompt
              </Button>
              <Button icon={<Plus aria-hidden className={icon} />} onPress={onAdd}>
                Add a card
              </Button>
            </>
          )
        }
      >
        {WORDS.empty}
      </EmptyState>
    </div>
  )
}
