import CircleCheck from 'lucide-react/icons/circle-check'
import { Banner } from '#app/ui/banner.tsx'
import type { Refusal } from '#domain/core/refusal.ts'

export type Tested = { latencyMs: number; models: readonly string[]; reply: string }

/** What a test of a model found: how quick, what it said, which models are there; or the provider's exact words. */
export function TestResult({ tested, refusal }: { tested: Tested | null; refusal: Refusal | null }) {
  if (refusal) return <Banner kind="error">{refusal.message}</Banner>
  if (!tested) return null
  return (
    <div role="status" className="flex items-start gap-2 rounded-md bg-ok-soft px-3 py-2 text-sm">
      <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
      <div className="min-w-0 flex-1">
        <p>
          It answered in <strong className="font-medium tabular">{Math.round(tested.latencyMs)} ms</strong>
          {tested.reply && <>: “{tested.reply.length > 120 ? `${tested.reply.slice(0, 120)}…` : tested.reply}”</>}
        </p>
        {tested.models.length > 0 && (
          <p className="mt-0.5 break-words text-muted">
            Models there: {tested.models.slice(0, 12).join(', ')}
            {tested.models.length > 12 && ` and ${tested.models.length - 12} more`}
          </p>
        )}
      </div>
    </div>
  )
}
