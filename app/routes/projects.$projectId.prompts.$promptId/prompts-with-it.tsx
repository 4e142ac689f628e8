import { Link } from '@remix-run/react'
import { useMemo } from 'react'
import { containing } from '#domain/prompts/containing.ts'
import type { ShownPrompt } from './shown-prompt.ts'

type Props = { projectId: string; all: readonly ShownPrompt[]; familyId: string }

/** The prompts that contain this one as a component, each with the way to it; nothing where there is none. */
export function PromptsWithIt({ projectId, all, familyId }: Props) {
  const found = useMemo(() => containing(all, familyId), [all, familyId])
  if (found.length === 0) return null
  return (
    <section aria-labelledby="prompts-with-it" className="border-t border-line p-2">
      <h2 id="prompts-with-it" className="px-2 py-1 text-xs font-medium text-muted">
        Prompts that contain it
      </h2>
      <ul aria-labelledby="prompts-with-it">
        {found.map(({ prompt, has }) => (
          <li key={`${prompt.id} ${has.id}`}>
            <Link
              to={`/projects/${projectId}/prompts/${prompt.id}`}
              className="flex items-center gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{prompt.title}</span>
              <span className="shrink-0 text-xs text-muted">
                v{prompt.version} has v{has.version}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
