import ListChecks from 'lucide-react/icons/list-checks'
import type { Face } from '#app/people/use-people.ts'
import { CopyButton } from '#app/ui/copy-button.tsx'
import { type Criterion, criteriaFor, type Requirement, sayAttachments } from '#domain/interviews/criteria.ts'
import { requirementsSheet } from '#domain/interviews/requirements.ts'
import { anchorOf } from './message-view.tsx'

type Props = { title: string; requirements: readonly Requirement[]; faceOf: (id: string) => Face }

/** What the interview found out so far; each statement leads to the answer it came from. */
export function RequirementsPanel({ title, requirements, faceOf }: Props) {
  const said = requirements.filter(({ statements, assumed }) => statements.length > 0 || assumed)
  return (
    <section aria-labelledby="requirements">
      <div className="flex h-8 items-center gap-2">
        <h2 id="requirements" className="flex-1 font-semibold">
          Requirements sheet
        </h2>
        {said.length > 0 && <CopyButton label="Copy the sheet as Markdown" text={requirementsSheet(title, requirements)} />}
      </div>
      {said.length === 0 && <p className="text-sm text-muted">It fills as questions are answered.</p>}
      <dl className="flex flex-col gap-3">
        {said.map((requirement) => (
          <div key={requirement.topic}>
            <dt className="text-xs font-medium text-muted">{requirement.title}</dt>
            {requirement.statements.map(({ text, author, messageId }) => (
              <dd key={messageId} className="mt-0.5 text-sm">
                <a href={`#${anchorOf(messageId)}`} className="group block rounded-sm underline-offset-2 hover:underline">
                  <span className="whitespace-pre-wrap break-words">{sayAttachments(text)}</span>{' '}
                  <span className="text-xs text-faint">{faceOf(author).name}</span>
                </a>
              </dd>
            ))}
            {requirement.assumed && requirement.statements.length === 0 && (
              <dd className="mt-0.5 text-sm text-muted italic">Assumed: choose what is usual and say so.</dd>
            )}
            {criteriaFor(requirement).map(({ text, sources }) => (
              <dd key={text} className="mt-0.5 flex items-start gap-1.5 text-xs text-muted">
                <ListChecks aria-hidden className="mt-0.5 size-3 shrink-0 text-faint" />
                <CheckedBy text={text} sources={sources} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A criterion as the way to the answers it came from. */
function CheckedBy({ text, sources }: Criterion) {
  const [first, ...others] = sources
  if (!first) return <span className="break-words">{text}</span>
  return (
    <span className="min-w-0 break-words">
      <a href={`#${anchorOf(first)}`} className="rounded-sm underline-offset-2 hover:underline">
        {text}
      </a>
      {others.map((source, at) => (
        <a key={source} href={`#${anchorOf(source)}`} className="ml-1 rounded-sm text-faint underline-offset-2 hover:underline">
          answer {at + 2}
        </a>
      ))}
    </span>
  )
}
