import CornerDownLeft from 'lucide-react/icons/corner-down-left'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { usePictureField } from '#app/pictures/use-picture-field.tsx'
import { useScratch } from '#app/scratch/use-scratch.ts'
import { useActions } from '#app/shell/actions.tsx'
import { useTagOffers } from '#app/tags/use-tag-offers.ts'
import { Button } from '#app/ui/button.tsx'
import { ChoiceButton } from '#app/ui/choice-button.tsx'
import { Kbd } from '#app/ui/kbd.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { useFieldOffers } from '#app/ui/use-field-offers.tsx'
import { WithCode } from '#app/ui/with-code.tsx'
import { type Askable, TOPIC_WORDS } from '#domain/interviews/rules.ts'

export type Answering = { text: string; dontKnow: boolean }

type Props = {
  question: Askable
  askerName: string
  /** Others who are writing an answer to this very question. */
  alsoHere: readonly string[]
  /** The answer somebody else gave while this person was writing. */
  answeredBy: string | null
  /** Put the keyboard here: this person just answered the question before, or picked this one. */
  takeFocus: boolean
  onAnswer: (answer: Answering) => Promise<string | null>
  onTyping: (isTyping: boolean) => void
  onGoOn: () => void
}

/**
 * The one open question. A key picks an answer and Enter sends it; a click sends at once. What is typed is kept on this
 * device until it is sent.
 */
export function QuestionBox({ question, askerName, alsoHere, answeredBy, takeFocus, onAnswer, onTyping, onGoOn }: Props) {
  const [draft, keepDraft] = useScratch(`answer:${question.id}`)
  const [refused, setRefused] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const options = useRef<(HTMLButtonElement | null)[]>([])
  const headingId = useId()
  const text = draft ?? ''
  const write = (next: string) => {
    keepDraft(next)
    onTyping(next.trim() !== '')
  }
  const { inputRef: field, handlers, button } = usePictureField(text, write)
  const { area, onKeyDownCapture, list } = useFieldOffers(field, text, write, useTagOffers())

  useEffect(() => {
    if (!takeFocus) return
    heading.current?.focus({ preventScroll: true })
    // On a narrow screen it was picked far below.
    heading.current?.scrollIntoView({ block: 'nearest' })
  }, [takeFocus])

  const send = async (answer: Answering) => {
    if (isSending) return
    setSending(true)
    const refusal = await onAnswer(answer)
    setSending(false)
    setRefused(refusal)
    if (refusal === null) keepDraft(null)
  }
  const sendText = () => void send({ text, dontKnow: false })
  const dontKnow = () => void send({ text: 'I don’t know', dontKnow: true })
  const ownWords = () => field.current?.focus()
  const latest = useRef({ dontKnow, ownWords })
  latest.current = { dontKnow, ownWords }

  const keys = useMemo(
    () => [
      ...question.options.map((option, at) => ({
        id: `pick-${at}`,
        label: `Pick “${option}”`,
        keys: String(at + 1),
        run: () => options.current[at]?.focus(),
      })),
      { id: 'else', label: 'Say something else', keys: 'e', run: () => latest.current.ownWords() },
      { id: 'unknown', label: 'I don’t know', keys: 'd', run: () => latest.current.dontKnow() },
    ],
    [question.options],
  )
  useActions('This question', keys)

  return (
    <section
      {...handlers}
      aria-labelledby={headingId}
      className="animate-appear rounded-lg border border-edge bg-surface p-3 shadow-lift md:p-4"
    >
      <p className="flex flex-wrap items-center gap-x-2 text-xs text-faint">
        <span className="font-medium text-muted">{askerName}</span>
        {question.topic && <span className="text-muted">{TOPIC_WORDS[question.topic]}</span>}
        <span role="status" className="ml-auto text-accent">
          {alsoHere.length > 0 && `${alsoHere.join(', ')} ${alsoHere.length === 1 ? 'is' : 'are'} writing an answer`}
        </span>
      </p>
      <h2 ref={heading} id={headingId} tabIndex={-1} className="mt-0.5 mb-3 scroll-mt-10 text-lg font-semibold outline-none">
        <WithCode text={question.content} />
      </h2>
      {answeredBy && (
        <p role="status" className="mb-3 flex flex-wrap items-center gap-2 rounded-md bg-accent-soft px-3 py-2 text-sm">
          <span className="flex-1">{answeredBy} answered this while you were writing. You can still send yours.</span>
          <Button size="small" onPress={onGoOn}>
            Next question
          </Button>
        </p>
      )}
      {question.options.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; these are buttons
        <div role="group" aria-label="Answers" className="grid gap-2 md:grid-cols-2">
          {question.options.map((option, at) => (
            <ChoiceButton
              key={option}
              buttonRef={(element) => {
                options.current[at] = element
              }}
              keys={String(at + 1)}
              onPress={() => void send({ text: option, dontKnow: false })}
            >
              {option}
            </ChoiceButton>
          ))}
        </div>
      )}
      <div className="relative mt-3 flex items-start gap-2" onKeyDownCapture={onKeyDownCapture}>
        {list}
        <TextArea
          label="Something else"
          hideLabel
          noMessage
          rows={1}
          placeholder={question.options.length > 0 ? 'Something else' : 'Your answer'}
          value={text}
          onChange={write}
          onKeyDown={(event) => {
            if (event.key === 'Escape') return heading.current?.focus()
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return event.continuePropagation()
            event.preventDefault()
            if (text.trim()) sendText()
          }}
          inputRef={field}
          area={area}
          className="flex-1"
        />
        {button}
        <Button
          look="primary"
          onPress={sendText}
          isDisabled={text.trim() === ''}
          isPending={isSending}
          icon={<CornerDownLeft aria-hidden className="size-3.5" />}
        >
          Send
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
        <Button look="quiet" size="small" onPress={dontKnow} aria-keyshortcuts="d" className="-ml-2">
          <span aria-hidden className="flex pointer-coarse:hidden">
            <Kbd keys="d" />
          </span>
          I don’t know
        </Button>
        <span aria-hidden className="ml-auto flex items-center gap-1.5 pointer-coarse:hidden">
          {question.options.length > 0 && (
            <>
              <Kbd keys="1" />–<Kbd keys={String(question.options.length)} /> pick
            </>
          )}
          <Kbd keys="enter" /> send <Kbd keys="e" /> something else
        </span>
      </div>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {refused}
      </p>
    </section>
  )
}
