import { Link } from '@remix-run/react'
import { useEffect, useMemo, useState } from 'react'
import { v7 } from 'uuid'
import { useApi, useConsequence, useQuery, useRoom } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Select } from '#app/ui/select.tsx'
import { projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { modelsList } from '#domain/models/queries.ts'
import { modelFor } from '#domain/models/rules.ts'
import { decideTime } from '#domain/schedules/rules.ts'
import { holdsUp } from '#domain/tasks/dependencies.ts'
import { useRelatives } from './use-relatives.ts'
import { useLinkedRepo, useParentBranch, useWaiting } from './use-task.ts'
import { type Later, When } from './when.tsx'
import { WORDS } from './words.ts'

const BUILTIN = 'builtin'

type StartDialogProps = { projectId: string; taskId: string; onClose: () => void; onStarted: (attemptId: string) => void }

/** Who shall work on the card, and where the work shall go in the end. */
export function StartDialog({ projectId, taskId, onClose, onStarted }: StartDialogProps) {
  const { repoId, defaultBranch, isLoading } = useLinkedRepo(projectId)
  if (!isLoading && repoId === null) return <NoRepository projectId={projectId} onClose={onClose} />
  return (
    <Choices projectId={projectId} taskId={taskId} repoId={repoId} defaultBranch={defaultBranch} onClose={onClose} onStarted={onStarted} />
  )
}

function NoRepository({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  return (
    <Dialog
      title="Start an attempt"
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Link to={`/projects/${projectId}/repository`} className={buttonClasses('primary')}>
            Link or create a repository
          </Link>
        </>
      }
    >
      <p className="text-sm text-muted">{WORDS.noRepo}</p>
    </Dialog>
  )
}

function Choices({
  projectId,
  taskId,
  repoId,
  defaultBranch,
  onClose,
  onStarted,
}: StartDialogProps & { repoId: string | null; defaultBranch: string }) {
  useRoom(teamRoom)
  const models = useQuery(modelsList())
  const start = useConsequence()
  const branches = useBranches(repoId)
  const usable = useMemo(
    () => (models ?? []).filter((model) => model.isActive && (model.usageType === 'general' || model.usageType === 'task_execution')),
    [models],
  )
  const [chosenModel, setModel] = useState<string | null>(null)
  const [chosenBranch, setBranch] = useState<string | null>(null)
  const modelId = chosenModel ?? modelFor(usable, 'task_execution')?.id ?? BUILTIN
  const { blockers, parent } = useRelatives(projectId, taskId)
  const ofParent = useParentBranch(projectId, taskId, repoId)
  const usual = branches.value?.defaultBranch ?? defaultBranch
  const targetBranch = chosenBranch ?? ofParent ?? usual
  const names = [...new Set([targetBranch, ...(ofParent ? [ofParent] : []), usual, ...(branches.value?.branches ?? [])])]
  const waiting = useWaiting(projectId, taskId)
  const holding = blockers.filter(({ status }) => holdsUp(status))
  const [later, setLater] = useState<Later | null>(null)
  const refusal = later && decideTime(later.at, Date.now())
  const submit = () => {
    const [attemptId, rooms] = [v7(), { rooms: [projectRoom(projectId), teamRoom] }]
    if (!later) {
      void start('attempts.start', { attemptId, projectId, taskId, modelId, targetBranch, waiting }, rooms)
      onStarted(attemptId)
    } else if (refusal?.ok) void start('schedules.set', { scheduleId: v7(), projectId, taskId, modelId, targetBranch, ...later }, rooms)
    else return
    onClose()
  }
  return (
    <Dialog
      title="Start an attempt"
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          {/* Not known yet where a subtask starts from: nothing is started from elsewhere meanwhile. */}
          <Button look="primary" onPress={submit} isPending={ofParent === undefined && chosenBranch === null} autoFocus>
            {later ? 'Start then' : 'Start'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2.5">
        <Select
          label="Who works"
          value={modelId}
          onChange={setModel}
          choices={[
            { id: BUILTIN, label: 'Built-in' },
            ...usable.map((model) => ({ id: model.id, label: model.displayName || model.name, hint: model.modelName })),
          ]}
          hint={modelId === BUILTIN ? WORDS.builtin : 'Works in its own branch and worktree, with your key on the server.'}
        />
        <Select
          label="Target branch"
          value={targetBranch}
          onChange={setBranch}
          choices={names.map((name) => ({ id: name, label: name }))}
          hint={
            parent && targetBranch === ofParent
              ? `The branch of ${parent.shortId || parent.title}, of which this is a part. The attempt starts from it, and is merged into it when you say so.`
              : 'The attempt starts from it, and is merged into it when you say so.'
          }
        />
        <When later={later} onChange={setLater} error={refusal?.ok === false ? refusal.message : null} />
        {holding.length > 0 && (
          <Banner kind="info">
            This card waits for {holding.map(({ shortId, title }) => shortId || title).join(', ')}.{' '}
            {later ? 'Should they not be done by then, it begins' : 'Started now, it begins'} without that work.
          </Banner>
        )}
        {branches.value?.dirty && (
          <Banner kind="info">
            The repository has changes that are not committed. The attempt starts from the last commit and leaves them alone.
          </Banner>
        )}
        {branches.failure && <p className="text-xs text-warn">The other branches cannot be listed now: {branches.failure}</p>}
      </div>
    </Dialog>
  )
}

type Branches = { defaultBranch: string; branches: string[]; dirty: boolean }

/** The branches of the repository, asked when the dialog opens. */
function useBranches(repoId: string | null): { value?: Branches; failure?: string } {
  const api = useApi()
  const [state, setState] = useState<{ value?: Branches; failure?: string }>({})
  useEffect(() => {
    if (repoId === null) return
    const stop = new AbortController()
    api.repos.branches
      .query({ repoId }, { signal: stop.signal })
      .then((value) => setState({ value }))
      .catch((error: unknown) => stop.signal.aborted || setState({ failure: error instanceof Error ? error.message : 'no answer.' }))
    return () => stop.abort()
  }, [api, repoId])
  return state
}
