import { useLocation } from '@remix-run/react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useBeAt, type usePresence, useSession, useUnsaved } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { chatRoom } from '#domain/core/rooms.ts'
import { type Askable, coverageOf, isEnough, questionAbout } from '#domain/interviews/rules.ts'
import { BUILTIN, type Interview, type Message, type Topic } from '#domain/interviews/schema.ts'
import { changesAmong, statusChanges } from '#domain/interviews/status-changes.ts'
import type { Model } from '#domain/models/schema.ts'
import { askerName } from './askers.ts'
import { AskFailed, AskStopped, Ended, NothingToAsk, Thinking, WaitingToAsk } from './below-conversation.tsx'
import { anchorOf, MessageView } from './message-view.tsx'
import { decidePhase, shownMessages, wantsQuestion } from './phase.ts'
import { QuestionBox } from './question-box.tsx'
import { SayBox } from './say-box.tsx'
import { StatusLine } from './status-line.tsx'
import { useAsking } from './use-asking.ts'
import type { useInterview } from './use-interview.ts'

type Props = {
  deeds: ReturnType<typeof useInterview>
  interview: Pick<Interview, 'id' | 'status' | 'statusBy' | 'statusAt' | 'history' | 'model' | 'createdBy' | 'title'> &
    Parameters<typeof coverageOf>[0]
  messages: readonly Message[]
  projectId: string
  models: readonly Pick<Model, 'id' | 'name' | 'displayName'>[]
  people: ReturnType<typeof usePresence>
  /** The open topic this person picked to answer, if any: nobody else is asked it. */
  picked: Topic | null
  onPick: (topic: Topic | null) => void
  /** What comes after an interview. */
  next: ReactNode
}

/** What was said, and below it the one thing that can be done now. */
export function Conversation({ deeds, interview, messages, projectId, models, people, picked, onPick, next }: Props) {
  const faceOf = usePeople()
  const unsaved = useUnsaved()
  const { member: me } = useSession()
  const { asking, ask, stop } = useAsking(projectId, interview.id)
  const [typingAt, setTypingAt] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)

  // Somebody else's answer must not take the question away from under a person who is writing one.
  const pinned = typingAt ? messages.find(({ id }) => id === typingAt) : undefined
  const phase = decidePhase(interview, messages, asking)
  const pick = picked ? questionAbout(interview.id, picked, messages) : undefined
  const own = interview.status === 'active' ? (pick ?? pinned) : undefined
  const question: Askable | null = own ?? (phase.kind === 'question' ? phase.question : null)
  const isAt = pick?.id ?? typingAt
  useBeAt(chatRoom(interview.id), isAt ? `answer:${isAt}` : null)
  const others = question ? messages.filter((message) => message.answers === question.id && message.author !== me?.id) : []
  const shown = shownMessages(messages, phase).filter(({ id }) => id !== question?.id)
  const changes = useMemo(() => statusChanges(interview), [interview])
  const turnId = phase.kind === 'thinking' ? phase.turnId : phase.kind === 'streaming' ? phase.message.turnId : null
  const nameOf = ({ role, model, author }: Askable) => (role === 'assistant' ? askerName(model ?? author, models) : null)
  const asker = askerName(interview.model, models)
  const end = useFollowEnd(`${messages.length}:${phase.kind}:${phase.kind === 'streaming' ? phase.message.content.length : 0}`)
  const pointed = usePointed(shown)

  const wantsFirst = deeds.canWrite && interview.createdBy === me?.id && wantsQuestion(interview, messages, asking)
  const firstAsked = useRef(false)
  useEffect(() => {
    if (!wantsFirst || firstAsked.current) return
    firstAsked.current = true
    ask()
  }, [wantsFirst, ask])

  const answer = async (to: Askable, text: string, dontKnow: boolean) => {
    const isNextWanted = phase.kind === 'question' ? phase.question.id === to.id : phase.kind === 'idle'
    const isThere = messages.some(({ id }) => id === to.id)
    const refusal = await (isThere || !to.topic ? deeds.answer(to.id, text, dontKnow) : deeds.answerTopic(to.topic, text, dontKnow))
    if (refusal !== null) return refusal
    goOn()
    setAnswered(to.id)
    if (interview.model !== BUILTIN && isNextWanted) ask()
    return null
  }
  const goOn = () => {
    setTypingAt(null)
    onPick(null)
  }
  const say = async (text: string) => {
    const refusal = await deeds.say(text)
    if (refusal === null && interview.model !== BUILTIN && phase.kind !== 'question') ask()
    return refusal
  }
  const goOnBuiltin = () => void deeds.setModel(BUILTIN)

  return (
    <div ref={end.frame} className="flex min-h-0 min-w-0 flex-col @4xl:overflow-auto @4xl:scroll-thin">
      <div className="mx-auto flex w-full max-w-[760px] flex-1 flex-col gap-3 px-4 py-4">
        <ol aria-label="Conversation" className="flex flex-col gap-1">
          {changesAmong(shown, changes).map((said) =>
            'to' in said ? (
              <StatusLine key={`${said.at} ${said.by}`} change={said} faceOf={faceOf} />
            ) : (
              <MessageView
                key={said.id}
                message={said}
                face={faceOf(said.author)}
                askerName={nameOf(said)}
                isUnsaved={unsaved.has(said.id)}
                isPointed={said.id === pointed}
                edits={deeds.edits.filter(({ messageId }) => messageId === said.id)}
                faceOf={faceOf}
                {...(interview.status === 'active' && deeds.canWrite ? { onEdit: (text) => deeds.edit(said.id, text) } : {})}
              />
            ),
          )}
          {phase.kind === 'streaming' && (
            <MessageView
              message={phase.message}
              face={faceOf(phase.message.author)}
              askerName={nameOf(phase.message)}
              isUnsaved={false}
              isStreaming
            />
          )}
        </ol>
        <div className="sticky bottom-0 mt-auto flex flex-col gap-3 bg-canvas pb-1 max-@4xl:max-h-[62dvh] max-@4xl:overflow-auto">
          {deeds.open.length > 0 && (
            <Banner kind="warning" className="@4xl:hidden">
              Answers contradict each other.{' '}
              <a href="#open-questions" className="text-accent underline underline-offset-2">
                Settle it
              </a>{' '}
              before prompts are made.
            </Banner>
          )}
          {question && deeds.canWrite && (
            <QuestionBox
              key={question.id}
              question={question}
              askerName={nameOf(question) ?? ''}
              alsoHere={people.filter(({ at }) => at === `answer:${question.id}`).map(({ name }) => name)}
              answeredBy={others.length > 0 ? others.map(({ author }) => faceOf(author).name).join(', ') : null}
              takeFocus={question.id === pick?.id || (answered !== null && answered !== question.id)}
              onAnswer={({ text, dontKnow }) => answer(question, text, dontKnow)}
              onTyping={(isTyping) => setTypingAt(isTyping ? question.id : null)}
              onGoOn={goOn}
            />
          )}
          {question && !deeds.canWrite && <p className="text-lg font-semibold">{question.content}</p>}
          {!question && (phase.kind === 'thinking' || phase.kind === 'streaming') && (
            <Thinking
              asker={asker}
              isWriting={phase.kind === 'streaming'}
              {...(turnId && deeds.canWrite ? { onStop: async () => (await stop(turnId)).ok } : {})}
            />
          )}
          {!question && phase.kind === 'stopped' && (
            <AskStopped by={faceOf(phase.by).name} {...(deeds.canWrite ? { onAgain: ask } : {})} onBuiltin={goOnBuiltin} />
          )}
          {!question && phase.kind === 'waiting' && <WaitingToAsk asker={asker} onBuiltin={goOnBuiltin} />}
          {!question && phase.kind === 'failed' && <AskFailed asker={asker} error={phase.error} onRetry={ask} onBuiltin={goOnBuiltin} />}
          {!question && phase.kind === 'idle' && deeds.canWrite && (
            <NothingToAsk isEnough={isEnough(coverageOf(interview))} isModel={interview.model !== BUILTIN} asker={asker} onAsk={ask} />
          )}
          {phase.kind === 'ended' && (
            <Ended
              status={interview.status}
              by={faceOf(interview.statusBy ?? '').name}
              at={interview.statusAt}
              canReopen={deeds.canWrite}
              onReopen={() => void deeds.setStatus('active')}
              next={next}
            />
          )}
          {interview.status === 'active' && deeds.canWrite && <SayBox interviewId={interview.id} isQuiet={question !== null} onSay={say} />}
          {!deeds.canWrite && interview.status === 'active' && (
            <p className="text-sm text-muted">As a viewer you can read along; members answer.</p>
          )}
        </div>
      </div>
    </div>
  )
}

/** Keeps the end in sight while the conversation grows, unless the person has scrolled away to read. */
function useFollowEnd(grown: string) {
  const frame = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows what has grown
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const scroller = element.scrollHeight > element.clientHeight + 1 ? element : element.parentElement
    if (!scroller || scroller !== element) return
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 600) scroller.scrollTop = scroller.scrollHeight
  }, [grown])
  return { frame }
}

/** The message the address points to, as links from prompts and cards do; it is brought into sight as soon as it is there. */
function usePointed(shown: readonly Message[]): string | undefined {
  const { hash, key } = useLocation()
  const pointed = shown.find(({ id }) => hash === `#${anchorOf(id)}`)?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same link pressed again leads there again
  useEffect(() => {
    if (pointed) document.getElementById(anchorOf(pointed))?.scrollIntoView({ block: 'center' })
  }, [pointed, key])
  return pointed
}
