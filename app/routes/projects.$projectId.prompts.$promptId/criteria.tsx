import ListChecks from 'lucide-react/icons/list-checks'
import type { Criterion } from '#domain/interviews/criteria.ts'
import { CriterionSources, useCriterionSources } from '../projects.$projectId.prompts._index/criterion-sources.tsx'
import type { ShownPrompt } from './shown-prompt.ts'

type Props = { projectId: string; criteria: readonly Criterion[]; whole: readonly ShownPrompt[] }

/** What is checked when the work is done, each point with the way to the answers it came from. */
export function Criteria({ projectId, criteria, whole }: Props) {
  const sourcesOf = useCriterionSources(projectId, whole)
  if (criteria.length === 0) {
    return (
      <p className="flex flex-col items-center gap-2 px-6 py-10 text-center text-sm text-muted">
        <ListChecks aria-hidden className="size-6 text-faint" />
        Nothing to check yet. Write a list under a heading “Done when”; cards take their checklists from it.
      </p>
    )
  }
  return (
    <ul aria-label="Criteria" className="flex flex-col gap-1 p-4">
      {criteria.map(({ text, sources }) => (
        <li key={text} className="flex items-start gap-2 text-sm">
          <ListChecks aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
          <span className="min-w-0 flex-1 break-words">{text}</span>
          <CriterionSources projectId={projectId} sources={sourcesOf(sources)} />
        </li>
      ))}
    </ul>
  )
}
