import Plus from 'lucide-react/icons/plus'
import { memo, useEffect, useRef, useState } from 'react'
import { readScratch, useScratch } from '#app/scratch/use-scratch.ts'
import { Button } from '#app/ui/button.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { useMoves } from './board-context.ts'

type QuickAddProps = { columnId: string; columnName: string; isOpen: boolean; setAdding: (columnId: string | null) => void }

/** A new card by typing its title, or all that is to be said of it: Enter adds it and stays for the next one, Escape closes. */
export const QuickAdd = memo(function QuickAdd({ columnId, columnName, isOpen, setAdding }: QuickAddProps) {
  // One that was begun before the page was closed stands there again.
  if (isOpen || readScratch(draftOf(columnId)) !== null)
    return <TitleForm columnId={columnId} columnName={columnName} isOpen={isOpen} setAdding={setAdding} />
  return (
    <Button
      look="quiet"
      icon={<Plus aria-hidden className="size-4" />}
      aria-label={`Add a card to ${columnName}`}
      onPress={() => setAdding(columnId)}
      className="m-1.5 justify-start"
    >
      Add card
    </Button>
  )
})

const draftOf = (columnId: string): string => `card:${columnId}`

function TitleForm({ columnId, columnName, isOpen, setAdding }: QuickAddProps) {
  const { add } = useMoves()
  const [begun, setTitle] = useScratch(draftOf(columnId))
  const title = begun ?? ''
  const [refusal, setRefusal] = useState<string | null>(null)
  const input = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (isOpen) input.current?.focus()
  }, [isOpen])

  const submit = async () => {
    const words = await add(columnId, title)
    setRefusal(words)
    if (words === null) setTitle(null)
    input.current?.focus()
  }
  return (
    <form
      aria-label={`New card in ${columnName}`}
      className="border-t border-line p-2 pb-1"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
          event.preventDefault()
          void submit()
        }
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setTitle(null)
        setAdding(null)
      }}
    >
      <TextArea
        rows={1}
        label="Title of the new card"
        hideLabel
        inputRef={input}
        value={title}
        onChange={(value) => {
          setTitle(value)
          setRefusal(null)
        }}
        placeholder="What is to be done?"
        error={refusal}
        hint={title.includes('\n') ? 'Enter adds all of it as one card' : 'Enter adds, Shift+Enter writes more'}
        onFocus={() => isOpen || setAdding(columnId)}
        onBlur={() => title === '' && setAdding(null)}
      />
    </form>
  )
}
