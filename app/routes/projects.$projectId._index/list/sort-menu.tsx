import ArrowDownUp from 'lucide-react/icons/arrow-down-up'
import { Button } from '#app/ui/button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { SORTS, type Sort } from '../filter/look.ts'

export const SORT_LABELS: Readonly<Record<Sort, string>> = {
  order: 'Place on the board',
  priority: 'Priority',
  due: 'Due date',
  updated: 'Last change',
}

/** By what the list is sorted. */
export function SortMenu({ sort, onChange }: { sort: Sort; onChange: (sort: Sort) => void }) {
  return (
    <Menu
      label="Sort by"
      placement="bottom end"
      trigger={
        <Button size="small" icon={<ArrowDownUp aria-hidden className="size-4" />} aria-label={`Sort by: ${SORT_LABELS[sort]}`}>
          {SORT_LABELS[sort]}
        </Button>
      }
      groups={[
        { actions: SORTS.map((each) => ({ id: each, label: SORT_LABELS[each], isChosen: each === sort, run: () => onChange(each) })) },
      ]}
    />
  )
}
