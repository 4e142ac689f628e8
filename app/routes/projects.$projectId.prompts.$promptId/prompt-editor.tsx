import { useNavigate } from '@remix-run/react'
import { type ReactNode, useMemo, useState } from 'react'
import { v7 } from 'uuid'
import { usePeople } from '#app/people/use-people.ts'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Tabs } from '#app/ui/tabs.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import type { Refusal } from '#domain/core/refusal.ts'
import { modelsList } from '#domain/models/queries.ts'
import { projectById } from '#domain/projects/queries.ts'
import { savePromptVersion } from '#domain/prompts/commands.ts'
import { criteriaIn, wholeOf } from '#domain/prompts/criteria.ts'
import { leaves, renderWhole } from '#domain/prompts/rules.ts'
import { outcomesOf } from '#domain/tasks/queries.ts'
import { askersFor, defaultAsker } from '../projects.$projectId.interviews.$interviewId/askers.ts'
import { typesOf } from '../projects.$projectId.prompts._index/families.ts'
import { LabelBadge } from '../projects.$projectId.prompts._index/label-badge.tsx'
import { AboutVersion } from './about-version.tsx'
import { Criteria } from './criteria.tsx'
import { draftOf } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import { EditorActions } from './editor-actions.tsx'
import { GenerateTasks } from './generate-tasks.tsx'
import { Outcome } from './outcome.tsx'
import { Preview } from './preview.tsx'
import { PromptsWithIt } from './prompts-with-it.tsx'
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
  const { draft, changes: unsaved, set, discard, forget, started, isKept } = useDraft(version)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isGenerating, setGenerating] = useState(false)
  const [tab, setTab] = useState('preview')

  const byId = useMemo(() => new Map(all.map((prompt) => [prompt.id, prompt])), [all])
  const rendered = useMemo(() => renderWhole({ ...version, ...draft }, (id) => byId.get(id)), [version, draft, byId])
  const whole = useMemo(() => wholeOf({ ...version, ...draft }, (id) => byId.get(id)), [version, draft, byId])
  const criteria = useMemo(() => criteriaIn(whole), [whole])
  const family = useMemo(() => all.filter(({ familyId }) => familyId === version.familyId), [all, version.familyId])
  const cards = useMemo(() => {
    const ids = new Set(family.map(({ id }) => id))
    return tasks?.filter(({ promptId }) => promptId !== null && ids.has(promptId))
  }, [family, tasks])
  const newer = useMemo(() => leaves(newerThan(all, version)), [all, version])
  const isChanged = Object.keys(unsaved).length > 0

  const saveAs = async (parent: ShownPrompt, patch: Parameters<typeof save>[0]['patch']) => {
    const answer = await save({ projectId, id: v7(), parentId: parent.id, patch })
    setRefusal(answer.ok ? null : answer)
    if (!answer.ok) return
    if (parent.id === version.id) forget()
    sayDone(`Saved as version ${parent.version + 1}.`)
    navigate(`/projects/${projectId}/prompts/${answer.value}`, { replace: true })
  }
  const restore = async (old: ShownPrompt) => {
    const parent = newer[0] ?? leaves(family)[0] ?? version
    await saveAs(parent, draftOf(old))
  }
  const discardAll = () => {
    discard()
    setRefusal(null)
  }
  const saveDraft = () => (isChanged ? saveAs(version, unsaved) : Promise.resolve())

  const actions = (
    <EditorActions
      projectId={projectId}
      version={version}
      hasDraft={isChanged}
      isBroken={!rendered.ok}
      onSave={() => void saveDraft()}
      onGenerate={() => setGenerating(true)}
    />
  )

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
        actions={!isReadOnly && <span className="flex gap-2 max-md:hidden">{actions}</span>}
      />
      <div className="min-h-0 flex-1 overflow-auto scroll-thin @4xl:grid @4xl:grid-cols-[minmax(0,1fr)_minmax(340px,42%)] @4xl:overflow-hidden">
        <div className="flex min-w-0 flex-col gap-4 px-4 py-4 @4xl:overflow-auto @4xl:scroll-thin">
          <AboutVersion projectId={projectId} version={version} all={all} tasks={tasks} hasDraft={isChanged} isReadOnly={isReadOnly} />
          <DraftForm
            key={started}
            projectId={projectId}
            version={version}
            draft={draft}
            all={all}
            types={typesOf(all)}
            names={rendered.ok ? rendered.value.names : Object.keys(draft.variables)}
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
              <Button look="quiet" size="small" onPress={discardAll}>
                Discard changes
              </Button>
            )}
          </div>
          {!isReadOnly && <div className="flex flex-wrap-reverse justify-end gap-2 md:hidden">{actions}</div>}
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
                id: 'criteria',
                label: 'Done when',
                count: criteria.length,
                content: <Criteria projectId={projectId} criteria={criteria} whole={whole} />,
              },
              {
                id: 'versions',
                label: 'Versions',
                count: family.length,
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
                content: (
                  <>
                    <TasksMade projectId={projectId} cards={cards} versions={family} />
                    <PromptsWithIt projectId={projectId} all={all} familyId={version.familyId} />
                  </>
                ),
              },
              { id: 'outcome', label: 'Outcome', content: <Outcome projectId={projectId} versions={family} /> },
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
          criteria={criteria}
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
