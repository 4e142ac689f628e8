import Archive from 'lucide-react/icons/archive'
import BookmarkPlus from 'lucide-react/icons/bookmark-plus'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { Button } from '#app/ui/button.tsx'
import { type Action, Menu } from '#app/ui/menu.tsx'
import type { View } from './current-view.ts'
import { keysOf } from './view-keys.ts'

const icon = 'size-4'

export type ViewDeeds = {
  open: (view: View) => void
  /** Keeps the present look under a new name. */
  keepNew: () => void
  rename: (view: View) => void
  remove: (view: View) => void
  showArchived: () => void
}

type ViewsMenuProps = { views: readonly View[]; current: View | undefined; canKeep: boolean; deeds: ViewDeeds }

/** The name of the view one looks at; pressed, all there are. */
export function ViewsMenu({ views, current, canKeep, deeds }: ViewsMenuProps) {
  const choices = views.map<Action>((view, at) => ({
    id: view.id,
    label: view.name,
    isChosen: view === current,
    ...keysOf(at),
    run: () => deeds.open(view),
  }))
  const own: Action[] = current?.isOwn
    ? [
        { id: 'rename', label: `Rename “${current.name}”…`, icon: <Pencil className={icon} />, run: () => deeds.rename(current) },
        {
          id: 'remove',
          label: `Remove “${current.name}”`,
          icon: <Trash2 className={icon} />,
          isDanger: true,
          run: () => deeds.remove(current),
        },
      ]
    : []
  const keep: Action[] = current
    ? own
    : [{ id: 'keep', label: 'Save as a view…', icon: <BookmarkPlus className={icon} />, run: () => deeds.keepNew() }]
  const groups = [
    { title: 'Views', actions: choices },
    { actions: canKeep ? keep : [] },
    { actions: [{ id: 'archived', label: 'Archived cards…', icon: <Archive className={icon} />, run: () => deeds.showArchived() }] },
  ]
  return (
    <Menu
      label="Views of the board"
      trigger={
        <Button look="quiet" size="small" className="min-w-0 shrink" aria-label={`View: ${current?.name ?? 'filtered'}`}>
          <span className="max-w-20 truncate md:max-w-48">{current?.name ?? 'Filtered'}</span>
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      }
      groups={groups.filter(({ actions }) => actions.length > 0)}
    />
  )
}
