import Archive from 'lucide-react/icons/archive'
import ArrowDownUp from 'lucide-react/icons/arrow-down-up'
import BookmarkPlus from 'lucide-react/icons/bookmark-plus'
import Eye from 'lucide-react/icons/eye'
import FilterX from 'lucide-react/icons/filter-x'
import ListFilter from 'lucide-react/icons/list-filter'
import Rows3 from 'lucide-react/icons/rows-3'
import { useMemo } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { type PageAction, useActions } from '#app/shell/actions.tsx'
import { useSpokenUndo } from '#app/shell/use-spoken-undo.ts'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import type { OwnPlace } from '#domain/core/rooms.ts'
import { removeView } from '#domain/tasks/view-commands.ts'
import { EVERYTHING, isEverything } from '../filter/card-filter.ts'
import { type Look, readLook, SORTS } from '../filter/look.ts'
import { SORT_LABELS } from '../list/sort-menu.tsx'
import type { View } from './current-view.ts'
import type { LookAsked } from './look-dialogs.tsx'
import { keysOf } from './view-keys.ts'
import type { ViewDeeds } from './views-menu.tsx'

type Needs = {
  place: OwnPlace
  look: Look
  setLook: (look: Look) => void
  ask: (asked: LookAsked) => void
  views: readonly View[]
  current: View | undefined
  canKeep: boolean
}

const icon = 'size-4'

/** What can be done with views and filters; the keys and the command bar have it too. */
export function useViewDeeds({ place, look, setLook, ask, views, current, canKeep }: Needs): ViewDeeds {
  const removeOne = useCommand(removeView)
  const { undo } = useSpokenUndo()
  const deeds = useMemo<ViewDeeds>(
    () => ({
      // What everybody has is a filter alone: a list stays a list.
      open: ({ query, isOwn }) => setLook(isOwn ? readLook(query) : { ...look, filter: readLook(query).filter }),
      keepNew: () => ask({ what: 'keep' }),
      rename: (view) => ask({ what: 'rename', view }),
      remove: ({ id, name }) =>
        void removeOne({ ...place, id }).then((answer) => {
          if (answer.ok) sayDone(`The view “${name}” is removed.`, { label: 'Undo', run: undo })
          else sayRefusal(answer.message)
        }),
      showArchived: () => ask({ what: 'archived' }),
    }),
    [place, look, setLook, ask, removeOne, undo],
  )
  const actions = useMemo<PageAction[]>(() => {
    const clear = () => setLook({ ...look, filter: EVERYTHING })
    return [
      { id: 'facets', label: 'Filter by status, priority, person, label, due date…', keys: 'f', icon: <ListFilter className={icon} />, run: () => ask({ what: 'filter', only: null }) }, // biome-ignore format: one action
      ...(isEverything(look.filter) ? [] : [{ id: 'clear', label: 'Clear the filter', keys: 'shift+f', icon: <FilterX className={icon} />, run: clear }]), // biome-ignore format: one action
      { id: 'layout', label: look.isList ? 'Show as a board' : 'Show as a list', keys: 'v', icon: <Rows3 className={icon} />, run: () => setLook({ ...look, isList: !look.isList }) }, // biome-ignore format: one action
      ...SORTS.filter((sort) => look.isList && sort !== look.sort).map((sort) => ({ id: `sort-${sort}`, label: `Sort by ${SORT_LABELS[sort].toLowerCase()}`, icon: <ArrowDownUp className={icon} />, run: () => setLook({ ...look, sort }) })), // biome-ignore format: one action
      ...views.map((view, at) => ({ id: view.id, label: `View: ${view.name}`, ...keysOf(at), icon: <Eye className={icon} />, run: () => deeds.open(view) })), // biome-ignore format: one action
      ...(canKeep && !current
        ? [{ id: 'keep', label: 'Save as a view…', icon: <BookmarkPlus className={icon} />, run: deeds.keepNew }]
        : []),
      { id: 'archived', label: 'Archived cards…', icon: <Archive className={icon} />, run: deeds.showArchived },
    ]
  }, [look, setLook, ask, views, current, canKeep, deeds])
  useActions('Views', actions)
  return deeds
}
