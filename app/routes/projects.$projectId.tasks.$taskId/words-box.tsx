import { useState } from 'react'
import { usePictureField } from '#app/pictures/use-picture-field.tsx'
import { useEditScratch } from '#app/scratch/use-scratch.ts'
import { Button } from '#app/ui/button.tsx'
import type { Offer } from '#app/ui/offers.ts'
import { TextArea } from '#app/ui/text-field.tsx'
import { useFieldOffers } from '#app/ui/use-field-offers.tsx'

type WordsBoxProps = {
  /** Under which what was begun is kept on this device: it survives a closed tab. */
  draft: string
  label: string
  verb: string
  placeholder: string
  hint: string
  /** The words that stand, where they are changed. */
  before?: string
  /** What @ offers. */
  offers?: readonly (Offer & { insert: string })[]
  /** Answers the sentence of a refusal, or null. */
  give: (words: string) => Promise<string | null>
  /** Where it is opened for a moment: closes it, when the words were given or left. */
  close?: () => void
}

const NONE: NonNullable<WordsBoxProps['offers']> = []

/** Where words about the work are written. Left, words that stand are as they were; new ones are kept for the next time. */
export function WordsBox({ draft, label, verb, placeholder, hint, before = '', offers = NONE, give, close }: WordsBoxProps) {
  const [words, setWords, forget] = useEditScratch(draft, before)
  const [refusal, setRefusal] = useState<string | null>(null)
  const leave =
    close &&
    (() => {
      if (before !== '') forget()
      close()
    })
  const send = async () => {
    const refused = await give(words)
    setRefusal(refused)
    if (refused !== null) return
    forget()
    if (close) close()
    else setWords('')
  }
  const { inputRef, handlers, button } = usePictureField(words, setWords)
  const { area, onKeyDownCapture, list } = useFieldOffers(inputRef, words, setWords, offers)
  return (
    <form
      {...handlers}
      className="max-w-3xl font-sans"
      onKeyDownCapture={onKeyDownCapture}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
        if (event.key !== 'Escape' || !leave) return
        event.stopPropagation()
        leave()
      }}
    >
      <div className="relative">
        {list}
        <TextArea
          label={label}
          inputRef={inputRef}
          area={area}
          hideLabel
          autoFocus={close !== undefined}
          value={words}
          onChange={setWords}
          rows={2}
          placeholder={placeholder}
          error={refusal}
          hint={hint}
        />
      </div>
      <span className="mt-1 flex items-center gap-1">
        <Button type="submit" size="small" isDisabled={words.trim() === ''}>
          {verb}
        </Button>
        {leave && (
          <Button size="small" look="quiet" onPress={leave}>
            Cancel
          </Button>
        )}
        {button}
      </span>
    </form>
  )
}
