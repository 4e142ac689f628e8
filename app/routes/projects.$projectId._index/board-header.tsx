import Columns3 from 'lucide-react/icons/columns-3'
import { memo, type Ref } from 'react'
import { Button } from '#app/ui/button.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { FilterBox } from './filter.tsx'

type BoardHeaderProps = {
  filter: Ref<HTMLInputElement>
  words: string
  setWords: (words: string) => void
  canWrite: boolean
  setAddingColumn: (isAdding: boolean) => void
}

/** What stands over the columns; no change of a card draws it again. */
export const BoardHeader = memo(function BoardHeader({ filter, words, setWords, canWrite, setAddingColumn }: BoardHeaderProps) {
  return (
    <PageHeader
      title="Board"
      actions={
        <>
          <FilterBox inputRef={filter} value={words} onChange={setWords} />
          {canWrite && (
            <span className="hidden md:contents">
              <Button size="small" icon={<Columns3 aria-hidden className="size-4" />} onPress={() => setAddingColumn(true)}>
                Add column
              </Button>
            </span>
          )}
        </>
      }
    />
  )
})
