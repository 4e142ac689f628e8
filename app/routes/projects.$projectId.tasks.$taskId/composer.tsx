import SendHorizontal from 'lucide-react/icons/send-horizontal'
import { useState } from 'react'
import { v7 } from 'uuid'
import { usePictureField } from '#app/pictures/use-picture-field.tsx'
import { useConsequence } from '#app/replica/react.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { isUnderWay } from '#domain/attempts/rules.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import type { AttemptRow } from './use-task.ts'

/** Says something more to the agent: it goes on in the same branch. Offline the message waits in sight. */
export function Composer({ projectId, attempt }: { projectId: string; attempt: AttemptRow }) {
  const ask = useConsequence()
  const [text, setText] = useState('')
  const send = () => {
    if (text.trim() === '') return
    void ask(
      'attempts.followUp',
      { projectId, attemptId: attempt.id, messageId: v7(), text: text.trim() },
      { rooms: [recordRoom(projectId)] },
    )
    setText('')
  }
  const { inputRef, handlers, button } = usePictureField(text, setText)
  return (
    <form
      {...handlers}
      className="shrink-0 border-t border-line bg-canvas px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        const isPhone = matchMedia('(pointer: coarse)').matches
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || isPhone) return
        event.preventDefault()
        send()
      }}
    >
      <div className="mx-auto flex max-w-3xl items-end gap-2">
        <TextArea
          label="Message to the agent"
          inputRef={inputRef}
          hideLabel
          noMessage
          value={text}
          onChange={setText}
          rows={1}
          placeholder={
            isUnderWay(attempt.status)
              ? 'Say something; it is read after what the agent does now'
              : 'Ask for a change; the agent goes on in the same branch'
          }
          className="flex-1"
        />
        {button}
        <IconButton label="Send" keys="enter" look="primary" size="medium" type="submit" isDisabled={text.trim() === ''}>
          <SendHorizontal aria-hidden className="size-4" />
        </IconButton>
      </div>
    </form>
  )
}
