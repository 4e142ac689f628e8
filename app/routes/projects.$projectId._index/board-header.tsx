import Columns3 from 'lucide-react/icons/columns-3'
import ListFilter from 'lucide-react/icons/list-filter'
import Rows3 from 'lucide-react/icons/rows-3'
import SquareKanban from 'lucide-react/icons/square-kanban'
import { memo, type Ref } from 'react'
import { Button } from '#app/ui/button.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { later } from '#app/ui/later.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { FilterBox } from './filter/filter-box.tsx'
import type { Look } from './filter/look.ts'
import { SortMenu } from './list/sort-menu.tsx'
import type { View } from './views/current-view.ts'
import type { LookAsked } from './views/look-dialogs.tsx'
import { type ViewDeeds, ViewsMenu } from './views/views-menu.tsx'

const SuggestedCards = later(() => import('./suggested/suggested-cards.tsx').then((cards) => cards.SuggestedCards))

type BoardHeaderProps = {
  projectId: string
  projectKey: string
  box: Ref<HTMLInputElement>
  look: Look
  setLook: (look: Look) => void
  askLook: (asked: LookAsked) => void
  views: readonly View[]
  current: View | undefined
  deeds: ViewDeeds
  canWrite: boolean
  canKeep: boolean
  addColumn: () => void
}

/** What stands over the columns; no change of a card draws it again. */
export const BoardHeader = memo(function BoardHeader(props: BoardHeaderProps) {
  const { projectId, projectKey, box, look, setLook, askLook, views, current, deeds, canWrite, canKeep, addColumn } = props
  return (
    <PageHeader
      title="Board"
      after={
        <>
          <ViewsMenu views={views} current={current} canKeep={canKeep} deeds={deeds} />
          <SuggestedCards {...{ projectId, projectKey, canWrite }} />
        </>
      }
      actions={
        <>
          <FilterBox inputRef={box} value={look.filter.text} onChange={(text) => setLook({ ...look, filter: { ...look.filter, text } })} />
          <IconButton label="Filter by…" keys="f" look="plain" onPress={() => askLook({ what: 'filter', only: null })}>
            <ListFilter aria-hidden className="size-4" />
          </IconButton>
          {look.isList && (
            <span className="hidden md:contents">
              <SortMenu sort={look.sort} onChange={(sort) => setLook({ ...look, sort })} />
            </span>
          )}
          <IconButton
            label={look.isList ? 'Show as a board' : 'Show as a list'}
            keys="v"
            look="plain"
            onPress={() => setLook({ ...look, isList: !look.isList })}
          >
            {look.isList ? <SquareKanban aria-hidden className="size-4" /> : <Rows3 aria-hidden className="size-4" />}
          </IconButton>
          {canWrite && (
            <span className="hidden lg:contents">
              <Button size="small" icon={<Columns3 aria-hidden className="size-4" />} onPress={addColumn}>
                Add column
              </Button>
            </span>
          )}
        </>
      }
    />
  )
})
