import { useState } from 'react'
import { usePictureField } from '#app/pictures/use-picture-field.tsx'
import { useEditScratch } from '#app/scratch/use-scratch.ts'
import { Button } from '#app/ui/button.tsx'
import { TextArea } from '#app/ui/text-field.tsx'

type Props = { messageId: string; text: string; onSave: (text: string) => Promise<string | null>; onClose: () => void }

/** Changes what was answered. Enter saves, Escape leaves it as it is. */
export function EditMessage({ messageId, text: before, onSave, onClose: close }: Props) {
  const [text, setText, forget] = useEditScratch(`edit:${messageId}`, before)
  const onClose = () => {
    forget()
    close()
  }
  const [refused, setRefused] = useState<string | null>(null)
  const { inputRef, handlers, button } = usePictureField(text, setText)
  const save = async () => {
    const refusal = await onSave(text.trim())
    setRefused(refusal)
    if (refusal === null) onClose()
  }
  return (
    <div {...handlers} className="mt-1 flex flex-col gap-1.5">
      <TextArea
        inputRef={inputRef}
        label="Your answer"
        hideLabel
        noMessage
        rows={2}
        value={text}
        onChange={setText}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Escape') return onClose()
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return event.continuePropagation()
          event.preventDefault()
          void save()
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" look="primary" onPress={() => void save()} isDisabled={text.trim() === '' || text.trim() === before}>
          Save
        </Button>
        <Button size="small" look="quiet" onPress={onClose}>
          Cancel
        </Button>
        {button}
        <span className="text-xs text-muted">What was made of this answer is marked; its text stays.</span>
      </div>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {refused}
      </p>
    </div>
  )
}
