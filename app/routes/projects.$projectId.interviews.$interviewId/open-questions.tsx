import { useState } from 'react'
import type { Face } from '#app/people/use-people.ts'
import { Button } from '#app/ui/button.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { type OpenQuestion, type Side, sidesOf } from '#domain/interviews/contradictions.ts'
import type { Message } from '#domain/interviews/schema.ts'

type Settle = (question: OpenQuestion, kept: string[], settlement: string) => Promise<string | null>
type Props = {
  questions: readonly OpenQuestion[]
  messages: readonly Message[]
  faceOf: (id: string) => Face
  canSettle: boolean
  onSettle: Settle
}

/** What contradicts itself, each with its sides: one person says what holds, and prompts can be made again. */
export function OpenQuestions({ questions, messages, faceOf, canSettle, onSettle }: Props) {
  if (questions.length === 0) return null
  return (
    <section aria-labelledby="open-questions" className="rounded-lg border border-warn bg-surface p-3">
      <h2 id="open-questions" className="font-semibold">
        {questions.length === 1 ? 'One open question' : `${questions.length} open questions`}
      </h2>
      <p className="text-xs text-muted">Answers that can’t all hold. No prompt is made of them before somebody settles it.</p>
      <ul aria-label="Open questions" className="mt-3 flex flex-col gap-4">
        {questions.map((question) => (
          <li key={question.id}>
            <Question
              question={question}
              sides={sidesOf(question.answers, messages)}
              faceOf={faceOf}
              canSettle={canSettle}
              onSettle={onSettle}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

type OneProps = { question: OpenQuestion; sides: readonly Side[]; faceOf: (id: string) => Face; canSettle: boolean; onSettle: Settle }

function Question({ question, sides, faceOf, canSettle, onSettle }: OneProps) {
  const [isWriting, setWriting] = useState(false)
  const [text, setText] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const settle = (kept: string[], settlement = '') => void onSettle(question, kept, settlement).then(setRefused)
  return (
    <>
      <p className="text-sm font-medium break-words">{question.name}</p>
      <ul aria-label="Its answers" className="mt-1.5 flex flex-col gap-1.5">
        {sides.map(({ text: said, ids, authors }) => (
          <li key={ids[0]} className="flex items-start gap-2 rounded-md bg-hover px-2 py-1.5 text-sm">
            <span className="min-w-0 flex-1 break-words">
              {said} <span className="text-xs text-muted">{authors.map((id) => faceOf(id).name).join(', ')}</span>
            </span>
            {canSettle && (
              <Button size="small" onPress={() => settle(ids)} aria-label={`“${said}” holds`}>
                Holds
              </Button>
            )}
          </li>
        ))}
      </ul>
      {canSettle && !isWriting && (
        <div className="mt-1.5 flex flex-wrap gap-1">
          <Button size="small" look="quiet" onPress={() => settle([...question.answers])}>
            {sides.length === 2 ? 'Both hold' : 'All hold'}
          </Button>
          <Button size="small" look="quiet" onPress={() => setWriting(true)}>
            Something else holds
          </Button>
        </div>
      )}
      {canSettle && isWriting && (
        <form
          className="mt-1.5 flex flex-col gap-1.5"
          onSubmit={(event) => {
            event.preventDefault()
            settle([], text)
          }}
        >
          <TextArea label="What holds instead" rows={2} noMessage value={text} onChange={setText} autoFocus />
          <div className="flex gap-1">
            <Button size="small" look="primary" type="submit" isDisabled={text.trim() === ''}>
              Settle
            </Button>
            <Button size="small" look="quiet" onPress={() => setWriting(false)}>
              Cancel
            </Button>
          </div>
        </form>
      )}
      <p role="alert" className="text-sm text-danger empty:hidden">
        {refused}
      </p>
    </>
  )
}
