import { useState } from 'react'
import { usePictureField } from '#app/pictures/use-picture-field.tsx'
import { useScratch } from '#app/scratch/use-scratch.ts'
import { useTagOffers } from '#app/tags/use-tag-offers.ts'
import { Button } from '#app/ui/button.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { useFieldOffers } from '#app/ui/use-field-offers.tsx'

type Props = {
  interviewId: string
  /** Closed until asked for, where a question stands above it. */
  isQuiet: boolean
  onSay: (text: string) => Promise<string | null>
}

/** Something to say that answers no question: a correction, a thought, a message to the others. */
export function SayBox({ interviewId, isQuiet, onSay }: Props) {
  const [draft, keepDraft] = useScratch(`say:${interviewId}`)
  const [isOpen, setOpen] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const text = draft ?? ''
  const { inputRef, handlers, button } = usePictureField(text, keepDraft)
  const { area, onKeyDownCapture, list } = useFieldOffers(inputRef, text, keepDraft, useTagOffers())
  const send = async () => {
    if (text.trim() === '') return
    const refusal = await onSay(text)
    setRefused(refusal)
    if (refusal !== null) return
    keepDraft(null)
    setOpen(false)
  }
  if (isQuiet && !isOpen && text === '') {
    return (
      <Button look="quiet" size="small" onPress={() => setOpen(true)} className="self-start">
        Add a message
      </Button>
    )
  }
  return (
    <div {...handlers} className="relative flex items-start gap-2" onKeyDownCapture={onKeyDownCapture}>
      {list}
      <TextArea
        inputRef={inputRef}
        area={area}
        label="Message"
        hideLabel
        noMessage={!refused}
        error={refused}
        rows={1}
        placeholder="Say something that answers no question"
        value={text}
        onChange={keepDraft}
        autoFocus={isOpen}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isQuiet && text === '') return setOpen(false)
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return event.continuePropagation()
          event.preventDefault()
          void send()
        }}
        className="flex-1"
      />
      {button}
      <Button onPress={() => void send()} isDisabled={text.trim() === ''}>
        Send message
      </Button>
    </div>
  )
}
