import { useState } from 'react'
import { useMentionable } from '#app/people/use-mentionable.ts'
import { usePictureField } from '#app/pictures/use-picture-field.tsx'
import { useEditScratch } from '#app/scratch/use-scratch.ts'
import { Button } from '#app/ui/button.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { useFieldOffers } from '#app/ui/use-field-offers.tsx'
import { mentionedIn } from '#domain/tasks/mentions.ts'

/** What somebody said, with those whom the words mention. */
export type Said = { body: string; mentions: string[] }

type CommentBoxProps = {
  /** Under which what was begun is kept on this device. */
  draft: string
  label: string
  verb: string
  before?: string
  /** Answers the sentence of a refusal, or null. */
  give: (said: Said) => Promise<string | null>
  /** Where words that stand are changed: goes back to them. */
  close?: () => void
}

/** Where a comment is written: @ offers the people who can be mentioned. */
export function CommentBox({ draft, label, verb, before = '', give, close: back }: CommentBoxProps) {
  const { people, offers } = useMentionable()
  const [body, setBody, forget] = useEditScratch(draft, before)
  const close =
    back &&
    (() => {
      forget()
      back()
    })
  const [refusal, setRefusal] = useState<string | null>(null)
  const send = async () => {
    const refused = await give({ body, mentions: mentionedIn(body, people) })
    setRefusal(refused)
    if (refused !== null) return
    if (close) close()
    else setBody('')
  }
  const { inputRef, handlers, button } = usePictureField(body, setBody)
  const { area, onKeyDownCapture, list } = useFieldOffers(inputRef, body, setBody, offers)
  return (
    <form
      {...handlers}
      onKeyDownCapture={onKeyDownCapture}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
        if (event.key !== 'Escape' || !close) return
        event.stopPropagation()
        close()
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
          value={body}
          onChange={setBody}
          rows={2}
          placeholder="Write a comment"
          error={refusal}
          hint="Markdown works, and @ mentions somebody. Ctrl or ⌘ and Enter sends."
        />
      </div>
      <span className="mt-1 flex items-center gap-1">
        <Button type="submit" size="small" isDisabled={body.trim() === ''}>
          {verb}
        </Button>
        {close && (
          <Button size="small" look="quiet" onPress={close}>
            Cancel
          </Button>
        )}
        {button}
      </span>
    </form>
  )
}
