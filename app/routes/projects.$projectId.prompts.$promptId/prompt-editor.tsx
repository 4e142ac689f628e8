import { Link, useNavigate } from '@remix-run/react'
import { type ReactNode, useMemo, useState } from 'react'
import { v7 } from 'uuid'
import { usePeople } from '#app/people/use-people.ts'
import { useCommand, useConsequence, useQuery, useSession } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Tabs } from '#app/ui/tabs.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import type { Refusal } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { modelsList } from '#domain/models/queries.ts'
import { projectById } from '#domain/projects/queries.ts'
import { confirmSources } from '#domain/prompts/changed-sources.ts'
import { savePromptVersion } from '#domain/prompts/commands.ts'
import { leaves, renderWhole, versionName } from '#domain/prompts/rules.ts'
import { outcomesOf } from '#domain/tasks/queries.ts'
import { APPROVERS } from '#domain/team/schema.ts'
import { askersFor, defaultAsker } from '../projects.$projectId.interviews.$interviewId/askers.ts'
import { typesOf } from '../projects.$projectId.prompts._index/families.ts'
import { LabelBadge } from '../projects.$projectId.prompts._index/label-badge.tsx'
import { useChangedSources } from '../projects.$projectId.prompts._index/use-changed-sources.ts'
import { ChangedAnswers } from './changed-answers.tsx'
import { draftOf } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import { GenerateTasks } from './generate-tasks.tsx'
import { OriginLine } from './origin-line.tsx'
import { Preview } from './preview.tsx'
import type { ShownPrompt } from './shown-prompt.ts'
import { TasksMade } from './tasks-made.tsx'
import { useDraft } from './use-draft.ts'
import { newerThan } from './version-tree.ts'
import { Versions } from './versions.tsx'

type Props = { projectId: string; version: ShownPrompt; all: readonly ShownPrompt[]; before: ReactNode; isReadOnly: boolean }

/** The editor of one version. Saving never changes it: it makes the next one. */
export function PromptEditor({ projectId, version, all, before, isReadOnly }: Props) {
  const navigate = useNavigate()
  const faceOf = usePeople()
  const models = useQuery(modelsList()) ?? []
  const project = useQuery(projectById(projectId))?.[0]
  const tasks = useQuery(outcomesOf(projectId))
  const save = useCommand(savePromptVersion)
  const ask = useConsequence()
  const confirm = useCommand(confirmSources)
  const { member: me } = useSession()
  const { draft, changes: unsaved, set, discard, forget, started, isKept } = useDraft(version)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isGenerating, setGenerating] = useState(false)
  const [tab, setTab] = useState('preview')

  const byId = useMemo(() => new Map(all.map((prompt) => [prompt.id, prompt])), [all])
  const rendered = useMemo(() => renderWhole({ ...version, ...draft }, (id) => byId.get(id)), [version, draft, byId])
  const cards = useMemo(() => {
    const family = new Set(all.filter(({ familyId }) => familyId === version.familyId).map(({ id }) => id))
    return tasks?.filter(({ promptId }) => promptId !== null && family.has(promptId))
  }, [all, tasks, version.familyId])
  const newer = useMemo(() => leaves(newerThan(all, version)), [all, version])
  const changed = useChangedSources(projectId, all)
  const changes = changed.get(version.id) ?? []
  const isChanged = Object.keys(unsaved).length > 0
  const next = version.version + 1

  const saveAs = async (parent: ShownPrompt, patch: Parameters<typeof save>[0]['patch']) => {
    const answer = await save({ projectId, id: v7(), parentId: parent.id, patch })
    setRefusal(answer.ok ? null : answer)
    if (!answer.ok) return
    if (parent.id === version.id) forget()
    sayDone(`Saved as version ${parent.version + 1}.`)
    navigate(`/projects/${projectId}/prompts/${answer.value}`, { replace: true })
  }
  const restore = async (old: ShownPrompt) => {
    const parent = newer[0] ?? leaves(all.filter(({ familyId }) => familyId === version.familyId))[0] ?? version
    await saveAs(parent, draftOf(old))
  }
  const mayApprove = me !== undefined && me !== null && APPROVERS.includes(me.role)
  // What is approved is what the server has: the version must have reached it first.
  const approve = () =>
    void ask(
      'prompts.approve',
      { projectId, promptId: version.id, approved: version.label === 'draft' },
      { rooms: [projectRoom(projectId)] },
    )
  const saveDraft = () => (isChanged ? saveAs(version, unsaved) : Promise.resolve())

  return (
    <div className="@container flex h-full min-h-0 flex-col">
      <PageHeader
        title={version.title}
        before={before}
        after={
          <span className="flex shrink-0 items-center gap-2">
            <span className="text-sm text-faint tabular">v{version.version}</span>
            <LabelBadge label={version.label} />
          </span>
        }
        actions={
          !isReadOnly && (
            <span className="flex gap-2 max-md:hidden">
              {mayApprove && (
                <Button look="quiet" onPress={approve} isDisabled={isChanged}>
                  {version.label === 'draft' ? 'Approve' : 'Back to draft'}
                </Button>
              )}
              <Button onPress={() => setGenerating(true)} isDisabled={!rendered.ok || isChanged}>
                Generate tasks
              </Button>
              <Button look="primary" onPress={() => void saveDraft()} isDisabled={!isChanged}>
                Save as v{next}
              </Button>
            </span>
          )
        }
      />
      <div className="min-h-0 flex-1 overflow-auto scroll-thin @4xl:grid @4xl:grid-cols-[minmax(0,1fr)_minmax(340px,42%)] @4xl:overflow-hidden">
        <div className="flex min-w-0 flex-col gap-4 px-4 py-4 @4xl:overflow-auto @4xl:scroll-thin">
          {newer.length > 0 && (
            <Banner kind="info">
              There is a newer version:{' '}
              {newer.map((leaf, at) => (
                <span key={leaf.id}>
                  {at > 0 && ' and '}
                  <Link to={`/projects/${projectId}/prompts/${leaf.id}`} className="text-accent underline underline-offset-2">
                    {versionName(leaf)} by {faceOf(leaf.createdBy).name}
                  </Link>
                </span>
              ))}
              . {isChanged ? 'Saving yours makes a second branch; neither text is lost.' : 'What you change here becomes a branch.'}
            </Banner>
          )}
          {changes.length > 0 && (
            <ChangedAnswers
              projectId={projectId}
              changes={changes}
              faceOf={faceOf}
              isReadOnly={isReadOnly}
              onConfirm={() => void confirm({ projectId, promptId: version.id, seen: changes.map(({ id }) => id) })}
            />
          )}
          <p className="text-sm text-muted">
            Version {version.version} by {faceOf(version.createdBy).name},{' '}
            <OriginLine projectId={projectId} interviewId={version.interviewId} sources={version.sources} />
            {version.approval && (
              <>
                , approved by {faceOf(version.approval.by).name} <Time at={version.approval.at} />
              </>
            )}
          </p>
          <DraftForm
            projectId={projectId}
            version={version}
            draft={draft}
            all={all}
            types={typesOf(all)}
            names={rendered.ok ? rendered.value.names : Object.keys(draft.variables)}
            textKey={`${version.id}:${started}`}
            refusal={refusal}
            isReadOnly={isReadOnly}
            onChange={(patch) => {
              set(patch)
              if (refusal) setRefusal(null)
            }}
            onSubmit={() => void saveDraft()}
          />
          <div className="flex min-h-8 flex-wrap items-center gap-2 text-sm text-muted">
            <span role="status" className="flex-1">
              {isChanged &&
                `Not saved yet. ${isKept ? 'Your changes are kept on this device.' : 'This browser keeps nothing: save before you leave the page.'}`}
            </span>
            {isChanged && (
              <Button look="quiet" size="small" onPress={discard}>
                Discard changes
              </Button>
            )}
          </div>
          {!isReadOnly && (
            <div className="flex flex-wrap gap-2 md:hidden">
              <Button look="primary" onPress={() => void saveDraft()} isDisabled={!isChanged}>
                Save as v{next}
              </Button>
              <Button onPress={() => setGenerating(true)} isDisabled={!rendered.ok || isChanged}>
                Generate tasks
              </Button>
              {mayApprove && (
                <Button look="quiet" onPress={approve} isDisabled={isChanged}>
                  {version.label === 'draft' ? 'Approve' : 'Back to draft'}
                </Button>
              )}
            </div>
          )}
        </div>
        <aside aria-label="What becomes of it" className="flex min-h-0 min-w-0 flex-col border-line max-@4xl:border-t @4xl:border-l">
          <Tabs
            label="What becomes of it"
            value={tab}
            onChange={setTab}
            className="h-full"
            panelClassName="@4xl:overflow-auto @4xl:scroll-thin"
            pages={[
              { id: 'preview', label: 'Preview', content: <Preview rendered={rendered} /> },
              {
                id: 'versions',
                label: 'Versions',
                count: all.filter(({ familyId }) => familyId === version.familyId).length,
                content: (
                  <Versions
                    projectId={projectId}
                    shown={version}
                    all={all}
                    faceOf={faceOf}
                    isReadOnly={isReadOnly}
                    onRestore={(old) => void restore(old)}
                  />
                ),
              },
              {
                id: 'tasks',
                label: 'Tasks',
                count: cards?.length ?? 0,
                content: <TasksMade projectId={projectId} cards={cards} changed={changed} />,
              },
            ]}
          />
        </aside>
      </div>
      {isGenerating && rendered.ok && (
        <GenerateTasks
          projectId={projectId}
          projectKey={project?.key ?? 'APP'}
          prompt={version}
          rendered={rendered.value.text}
          askers={askersFor(models, 'prompt_generation', 'Built-in')}
          preferred={defaultAsker(models, 'prompt_generation')}
          onClose={() => {
            setGenerating(false)
            setTab('tasks')
          }}
        />
      )}
    </div>
  )
}
