import { Link, useParams } from '@remix-run/react'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import FileX from 'lucide-react/icons/file-x'
import { useMemo, useState } from 'react'
import { PeopleHere } from '#app/people/people-here.tsx'
import { usePeople } from '#app/people/use-people.ts'
import { usePresence, useQuery } from '#app/replica/react.tsx'
import { useOffline } from '#app/server-call/use-server-call.ts'
import { NotHere } from '#app/shell/not-here.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Select } from '#app/ui/select.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { chatRoom } from '#domain/core/rooms.ts'
import { requirementsOf } from '#domain/interviews/requirements.ts'
import { coverageOf, isEnough, openQuestion, questionAbout, TOPIC_WORDS } from '#domain/interviews/rules.ts'
import { type InterviewStatus, TOPICS, type Topic } from '#domain/interviews/schema.ts'
import { modelsList } from '#domain/models/queries.ts'
import { promptsOf } from '#domain/prompts/queries.ts'
import { leaves } from '#domain/prompts/rules.ts'
import { askerName, askersFor, defaultAsker } from './askers.ts'
import { OfflineNote, PromptsMade } from './below-conversation.tsx'
import { Conversation } from './conversation.tsx'
import { CoveragePanel } from './coverage-panel.tsx'
import { GenerateButton } from './generate-button.tsx'
import { GeneratePrompts } from './generate-prompts.tsx'
import { LoadingInterview } from './loading-interview.tsx'
import { OpenQuestions } from './open-questions.tsx'
import { RequirementsPanel } from './requirements-panel.tsx'
import { StatusBadge } from './status-badge.tsx'
import { useInterview } from './use-interview.ts'
import { whyNoPrompts } from './why-no-prompts.ts'

export const meta = () => [{ title: 'Interview · Slipway' }]

/** One interview: the conversation, what it has covered, and what comes out of it. */
export default function InterviewPage() {
  const { projectId = '', interviewId = '' } = useParams()
  const deeds = useInterview(projectId, interviewId)
  const { interview, messages, contradictions, canWrite } = deeds
  const faceOf = usePeople()
  const offline = useOffline()
  const models = useQuery(modelsList()) ?? []
  const prompts = useQuery(promptsOf(projectId))
  const people = usePresence(chatRoom(interviewId))
  const [isGenerating, setGenerating] = useState(false)
  const [picked, setPicked] = useState<Topic | null>(null)
  const [isCancelling, setCancelling] = useState(false)
  const requirements = useMemo(
    () => (interview && messages ? requirementsOf(interview, messages, contradictions) : []),
    [interview, messages, contradictions],
  )
  const made = useMemo(() => leaves((prompts ?? []).filter((prompt) => prompt.interviewId === interviewId)), [prompts, interviewId])

  const back = (
    <Link to={`/projects/${projectId}/interviews`} aria-label="All interviews" className={buttonClasses('quiet', 'small')}>
      <ArrowLeft aria-hidden className="size-4" />
    </Link>
  )
  if (deeds.isMissing) {
    return (
      <div className="flex h-full min-h-0 flex-col">
        <PageHeader title="Interview" before={back} />
        <NotHere
          thing="interview"
          icon={<FileX className="size-8" />}
          actions={
            <Link to={`/projects/${projectId}/interviews`} className={buttonClasses('primary')}>
              Go to the interviews
            </Link>
          }
        />
      </div>
    )
  }
  if (!interview || !messages) return <LoadingInterview before={back} />

  const coverage = coverageOf(interview)
  const openTopics = TOPICS.filter((topic) => coverage[topic] === 'open').map((topic) => TOPIC_WORDS[topic])
  const isActive = interview.status === 'active'
  const enough = isEnough(coverage)
  const mine = picked !== null && coverage[picked] === 'open' ? picked : null
  const answering = (topic: Topic): string[] => {
    const { id } = questionAbout(interviewId, topic, messages)
    return [...new Set(people.filter(({ at }) => at === `answer:${id}`).map(({ name }) => name))]
  }
  const setStatus = async (status: InterviewStatus) => {
    const refusal = await deeds.setStatus(status)
    if (refusal) sayRefusal(refusal)
    setCancelling(false)
  }
  const finish = (
    <Button look={enough ? 'primary' : 'plain'} onPress={() => void setStatus('completed')}>
      Finish
    </Button>
  )
  const why = whyNoPrompts({
    status: interview.status,
    canWrite,
    hasContradictions: deeds.open.length > 0,
    hasAnswers: requirements.some(({ statements }) => statements.length > 0),
  })
  const generate = <GenerateButton isNext={!isActive} why={why} onPress={() => setGenerating(true)} />

  return (
    <div className="@container flex h-full min-h-0 flex-col">
      <PageHeader
        title={interview.title}
        before={back}
        after={
          <>
            <StatusBadge status={interview.status} />
            <PeopleHere room={chatRoom(interviewId)} most={4} />
          </>
        }
        actions={
          isActive && canWrite ? (
            <>
              <Button look="quiet" onPress={() => setCancelling(true)} className="max-md:hidden">
                Cancel interview
              </Button>
              {finish}
            </>
          ) : null
        }
      />
      <div className="min-h-0 flex-1 overflow-auto scroll-thin @4xl:grid @4xl:grid-cols-[minmax(0,1fr)_340px] @4xl:overflow-hidden">
        <Conversation
          key={interviewId}
          deeds={deeds}
          interview={interview}
          messages={messages}
          projectId={projectId}
          models={models}
          people={people}
          picked={mine}
          onPick={setPicked}
          // On a wide screen it stands beside the conversation, below it only far down.
          next={canWrite && <div className="@4xl:hidden">{generate}</div>}
        />
        <aside
          aria-label="What is known"
          className="flex min-h-0 flex-col gap-6 border-line px-4 py-4 scroll-thin max-@4xl:border-t @4xl:overflow-auto @4xl:border-l"
        >
          {isActive && enough && deeds.open.length === 0 && (
            <Banner kind="info">
              <strong className="font-medium">Enough.</strong> Every topic is answered or assumed. Finish the interview, or go on talking.
            </Banner>
          )}
          <OpenQuestions questions={deeds.open} messages={messages} faceOf={faceOf} canSettle={canWrite} onSettle={deeds.settle} />
          <CoveragePanel
            coverage={coverage}
            canWrite={isActive && canWrite}
            picked={mine}
            asked={mine ?? openQuestion(messages, coverage)?.topic ?? null}
            answering={answering}
            onPick={setPicked}
            onAssume={async (topic) => {
              const refusal = await deeds.assume(topic)
              if (refusal) sayRefusal(refusal)
            }}
          />
          {generate}
          <PromptsMade projectId={projectId} prompts={made} />
          <RequirementsPanel title={interview.title} requirements={requirements} faceOf={faceOf} />
          <Select
            label="Who asks"
            noMessage
            choices={askersWith(models, interview.model)}
            value={interview.model}
            onChange={async (model) => {
              const refusal = await deeds.setModel(model)
              if (refusal) sayRefusal(refusal)
            }}
            isDisabled={!isActive || !canWrite}
          />
          {isActive && canWrite && (
            <Button look="quiet" onPress={() => setCancelling(true)} className="self-start md:hidden">
              Cancel interview
            </Button>
          )}
          {offline && <OfflineNote />}
        </aside>
      </div>
      {isGenerating && (
        <GeneratePrompts
          projectId={projectId}
          interviewId={interviewId}
          title={interview.title}
          requirements={requirements}
          openTopics={openTopics}
          askers={askersFor(models, 'prompt_generation', 'Built-in')}
          preferred={defaultAsker(models, 'prompt_generation')}
          onClose={() => setGenerating(false)}
        />
      )}
      <Confirm
        title="Cancel this interview?"
        isOpen={isCancelling}
        onClose={() => setCancelling(false)}
        onConfirm={() => void setStatus('cancelled')}
        verb="Cancel interview"
        isDanger
      >
        It takes no more messages. Everything that was said stays readable, and it can be reopened.
      </Confirm>
    </div>
  )
}

/** The choices of who asks; a model that was switched off or removed since stays visible as what it is. */
function askersWith(models: Parameters<typeof askersFor>[0], present: string) {
  const askers = askersFor(models, 'interview', 'Built-in list')
  return askers.some(({ id }) => id === present)
    ? askers
    : [...askers, { id: present, label: askerName(present, models), hint: 'not active' }]
}
