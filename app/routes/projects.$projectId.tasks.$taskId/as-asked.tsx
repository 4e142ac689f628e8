import ChevronRight from 'lucide-react/icons/chevron-right'
import { Markdown } from '#app/ui/markdown.tsx'
import { askedOtherwise } from '#domain/tasks/as-asked.ts'
import type { TaskRow } from './use-task.ts'

/** The words a card was asked for in, to be opened where the card says something else by now. They are read, never changed. */
export function AsAsked({ task }: { task: TaskRow }) {
  const asked = askedOtherwise(task)
  if (asked === null) return null
  return (
    <details className="group mt-2 text-sm text-muted">
      <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded-md hover:text-ink">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        As it was asked
      </summary>
      <Markdown text={asked} className="pt-1 pl-5" />
    </details>
  )
}
