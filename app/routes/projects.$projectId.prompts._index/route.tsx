import { Link, useParams } from '@remix-run/react'
import GitBranch from 'lucide-react/icons/git-branch'
import Plus from 'lucide-react/icons/plus'
import Recycle from 'lucide-react/icons/recycle'
import Search from 'lucide-react/icons/search'
import TextQuote from 'lucide-react/icons/text-quote'
import { useDeferredValue, useMemo, useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery, useSession } from '#app/replica/react.tsx'
import { useActions } from '#app/shell/actions.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Select } from '#app/ui/select.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { Time } from '#app/ui/time.tsx'
import { projectById } from '#domain/projects/queries.ts'
import { cardsOf } from '#domain/tasks/queries.ts'
import { LoadingRows } from '../settings/rows.tsx'
import { DemandApproved } from './demand-approved.tsx'
import { familiesOf, filterFamilies, NO_FILTER, typesOf } from './families.ts'
import { LabelBadge } from './label-badge.tsx'
import { NewPrompt } from './new-prompt.tsx'
import { PromptFiles } from './prompt-files.tsx'
import { DriftBadge, SourceBadge } from './source-badge.tsx'
import { useChangedSources } from './use-changed-sources.ts'
import { useDrift } from './use-drift.ts'
import { usePrompts } from './use-prompts.ts'

export const meta = () => [{ title: 'Prompts · Slipway' }]

const ALL = 'all'
/** So many are drawn at once; the rest on demand. */
const PAGE = 100

/** The prompts of a project, each by its newest version. */
export default function Prompts() {
  const { projectId = '' } = useParams()
  const { member: me } = useSession()
  const faceOf = usePeople()
  const prompts = usePrompts(projectId)
  const changed = useChangedSources(projectId, prompts)
  const cards = useQuery(cardsOf(projectId))
  const project = useQuery(projectById(projectId))?.[0]
  const [filter, setFilter] = useState(NO_FILTER)
  const [most, setMost] = useState(PAGE)
  const [isWriting, setWriting] = useState(false)
  const settled = useDeferredValue(filter)
  const families = useMemo(() => familiesOf(prompts ?? []), [prompts])
  const newestOf = useMemo(() => families.map(({ newest }) => newest), [families])
  const drifted = useDrift(projectId, newestOf)
  const found = useMemo(() => filterFamilies(families, settled), [families, settled])
  const types = useMemo(() => typesOf(prompts ?? []), [prompts])
  const cardsByFamily = useMemo(() => {
    const familyOf = new Map((prompts ?? []).map(({ id, familyId }) => [id, familyId]))
    const counts = new Map<string, number>()
    for (const { promptId } of cards ?? []) {
      const family = promptId === null ? undefined : familyOf.get(promptId)
      if (family) counts.set(family, (counts.get(family) ?? 0) + 1)
    }
    return counts
  }, [prompts, cards])
  const isViewer = me?.role === 'viewer'
  const actions = useMemo(
    () => (isViewer ? [] : [{ id: 'new', label: 'New prompt', keys: 'n', icon: <Plus className="size-4" />, run: () => setWriting(true) }]),
    [isViewer],
  )
  useActions('Prompts', actions)

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        title="Prompts"
        after={families.length > 0 && <span className="text-sm text-faint tabular">{families.length}</span>}
        actions={
          <>
            <PromptFiles projectId={projectId} projectName={project?.name ?? ''} prompts={prompts ?? []} isReadOnly={isViewer} />
            <Button look="primary" icon={<Plus aria-hidden className="size-4" />} isDisabled={isViewer} onPress={() => setWriting(true)}>
              New prompt
            </Button>
          </>
        }
      />
      {/* There from the start, so that nothing jumps when the list comes. */}
      {prompts?.length !== 0 && (
        <search
          aria-label="Filter the prompts"
          className="grid shrink-0 grid-cols-2 items-center gap-2 border-b border-line px-4 py-2 md:grid-cols-[minmax(0,320px)_150px_150px_auto]"
        >
          <TextField
            label="Find a prompt"
            hideLabel
            noMessage
            placeholder="Find in titles and texts"
            value={filter.text}
            onChange={(text) => setFilter({ ...filter, text })}
            className="max-md:col-span-2"
          />
          <Select
            label="Type"
            hideLabel
            noMessage
            choices={[{ id: ALL, label: 'Every type' }, ...types.map((type) => ({ id: type, label: type }))]}
            value={filter.type ?? ALL}
            onChange={(type) => setFilter({ ...filter, type: type === ALL ? null : type })}
          />
          <Select
            label="Label"
            hideLabel
            noMessage
            choices={[
              { id: ALL, label: 'Every label' },
              { id: 'draft', label: 'Draft' },
              { id: 'approved', label: 'Approved' },
            ]}
            value={filter.label ?? ALL}
            onChange={(label) => setFilter({ ...filter, label: label === 'draft' || label === 'approved' ? label : null })}
          />
          <Checkbox isSelected={filter.reusable} onChange={(reusable) => setFilter({ ...filter, reusable })}>
            Reusable only
          </Checkbox>
        </search>
      )}
      <div className="min-h-0 flex-1 overflow-auto scroll-thin">
        <div className="mx-auto max-w-5xl px-4 py-4">
          {!prompts && <LoadingRows label="Loading the prompts" />}
          {prompts?.length === 0 && (
            <EmptyState icon={<TextQuote className="size-8" />} title="No prompt yet">
              A prompt says what an agent should do. Finish an{' '}
              <Link to={`/projects/${projectId}/interviews`} className="text-accent underline underline-offset-2">
                interview
              </Link>{' '}
              and generate them from its answers, or write one by hand.
            </EmptyState>
          )}
          {families.length > 0 && found.length === 0 && (
            <EmptyState
              icon={<Search className="size-8" />}
              title="No prompt fits"
              actions={<Button onPress={() => setFilter(NO_FILTER)}>Show all</Button>}
            />
          )}
          {found.length > 0 && (
            <ul aria-label="Prompts" className="overflow-hidden rounded-lg border border-line bg-surface">
              {found.slice(0, most).map(({ newest, branches, versions }) => {
                const count = cardsByFamily.get(newest.familyId) ?? 0
                return (
                  <li key={newest.familyId} className="border-b border-line last:border-b-0">
                    <Link
                      to={newest.id}
                      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-2.5 transition-colors hover:bg-hover focus-visible:ring-inset-focus md:grid-cols-[minmax(0,1fr)_64px_110px_96px]"
                    >
                      <span className="min-w-0">
                        <span className="flex min-w-0 items-center gap-2">
                          <span className="truncate font-medium">{newest.title}</span>
                          <span className="shrink-0 text-xs text-faint tabular">v{newest.version}</span>
                        </span>
                        <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-xs text-muted">
                          <Badge>{newest.type || 'no type'}</Badge>
                          {changed.has(newest.id) && <SourceBadge />}
                          {drifted.has(newest.id) && <DriftBadge />}
                          {newest.isReusable && (
                            <span className="flex items-center gap-1">
                              <Recycle aria-hidden className="size-3" /> reusable
                            </span>
                          )}
                          {branches.length > 0 && (
                            <span className="flex items-center gap-1 text-warn">
                              <GitBranch aria-hidden className="size-3" /> {branches.length + 1} branches
                            </span>
                          )}
                          <span>
                            {versions === 1 ? 'one version' : `${versions} versions`}, by {faceOf(newest.createdBy).name}
                          </span>
                        </span>
                      </span>
                      <span className="text-xs text-muted tabular">{count === 1 ? '1 card' : count > 1 ? `${count} cards` : ''}</span>
                      <span className="flex">
                        <LabelBadge label={newest.label} />
                      </span>
                      <Time at={newest.createdAt} className="text-right text-xs whitespace-nowrap text-faint" />
                    </Link>
                  </li>
                )
              })}
            </ul>
          )}
          {families.length > 0 && <DemandApproved projectId={projectId} role={me?.role} />}
          {found.length > most && (
            <Button onPress={() => setMost(most + PAGE)} className="mx-auto mt-3 flex">
              Show {Math.min(PAGE, found.length - most)} more
            </Button>
          )}
        </div>
      </div>
      {isWriting && <NewPrompt projectId={projectId} onClose={() => setWriting(false)} />}
    </div>
  )
}
