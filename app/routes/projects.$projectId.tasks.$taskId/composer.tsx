import ChevronDown from 'lucide-react/icons/chevron-down'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import type { RefObject } from 'react'
import { usePictureField } from '#app/pictures/use-picture-field.tsx'
import { useScratch } from '#app/scratch/use-scratch.ts'
import { useTagOffers } from '#app/tags/use-tag-offers.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { useFieldOffers } from '#app/ui/use-field-offers.tsx'
import { isUnderWay } from '#domain/attempts/rules.ts'
import { useSay } from './use-say.ts'
import type { AttemptRow } from './use-task.ts'

type Composing = {
  formRef: RefObject<HTMLFormElement>
  /** What it is begun for: an attempt, or a card that has none. */
  about: string
  placeholder: string
  isBusy?: boolean
  hasQueue?: boolean
  /** Null while it cannot be said to anybody. Answers whether the words could be written. */
  say: ((text: string, interrupt: boolean) => Promise<boolean>) | null
}
/** `chatId`: null while the conversation is not known yet. */
type ComposerProps = Pick<Composing, 'formRef' | 'hasQueue'> & { projectId: string; attempt: AttemptRow; chatId: string | null }

/** Says something more to the agent: it goes on in the same branch. At work it reads it after its turn, or stops for it. */
export function Composer({ projectId, attempt, chatId, ...rest }: ComposerProps) {
  const { say } = useSay(projectId, attempt.id, chatId)
  const isBusy = isUnderWay(attempt.status)
  return (
    <MessageBox
      about={attempt.id}
      isBusy={isBusy}
      placeholder={
        isBusy ? 'Say something; it is read after what the agent does now' : 'Ask for a change; the agent goes on in the same branch'
      }
      say={chatId === null ? null : say}
      {...rest}
    />
  )
}

/** Where a message to an agent is written. */
export function MessageBox({ formRef, about, placeholder, isBusy = false, hasQueue = false, say }: Composing) {
  const [begun, setText] = useScratch(`to-agent:${about}`)
  const text = begun ?? ''
  const send = async (interrupt: boolean) => {
    const words = text.trim()
    if (words === '' || say === null) return
    setText('')
    if (!(await say(words, interrupt))) setText(words)
  }
  const { inputRef, handlers, button } = usePictureField(text, setText)
  const { area, onKeyDownCapture, list } = useFieldOffers(inputRef, text, setText, useTagOffers())
  const isDisabled = text.trim() === '' || say === null
  return (
    <form
      ref={formRef}
      {...handlers}
      onKeyDownCapture={onKeyDownCapture}
      className="shrink-0 border-t border-line bg-canvas px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        void send(false)
      }}
      onKeyDown={(event) => {
        const isPhone = matchMedia('(pointer: coarse)').matches
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || isPhone) return
        if (!(event.target instanceof HTMLTextAreaElement)) return
        event.preventDefault()
        void send(isBusy && (event.metaKey || event.ctrlKey))
      }}
    >
      <div className="relative mx-auto flex max-w-3xl items-end gap-2">
        {list}
        <TextArea
          label="Message to the agent"
          inputRef={inputRef}
          area={area}
          hideLabel
          noMessage
          value={text}
          onChange={setText}
          rows={1}
          placeholder={placeholder}
          className="flex-1"
        />
        {button}
        <span className="flex">
          <IconButton
            label={isBusy ? 'Send after this turn' : 'Send'}
            keys="enter"
            look="primary"
            size="medium"
            type="submit"
            isDisabled={isDisabled}
            className={isBusy || hasQueue ? 'rounded-r-none' : ''}
          >
            <SendHorizontal aria-hidden className="size-4" />
          </IconButton>
          {(isBusy || hasQueue) && (
            <Menu
              label="When it is read"
              placement="bottom end"
              trigger={
                <IconButton
                  label="When it is read"
                  look="primary"
                  size="medium"
                  noTooltip
                  isDisabled={isDisabled}
                  className="-ml-px w-6 rounded-l-none border-l border-l-canvas/40"
                >
                  <ChevronDown aria-hidden className="size-3.5" />
                </IconButton>
              }
              groups={[
                {
                  actions: [
                    {
                      id: 'after',
                      label: isBusy ? 'After this turn' : 'After what is in the queue',
                      hint: isBusy ? 'The agent finishes what it does, then reads it' : 'What waits is read first',
                      keys: 'enter',
                      run: () => void send(false),
                    },
                    {
                      id: 'now',
                      label: isBusy ? 'Interrupt now' : 'Now',
                      hint: isBusy ? 'The agent stops, keeps what it has, and reads it' : 'Before what is in the queue',
                      ...(isBusy ? { keys: 'mod+enter' } : {}),
                      run: () => void send(true),
                    },
                  ],
                },
              ]}
            />
          )}
        </span>
      </div>
    </form>
  )
}
