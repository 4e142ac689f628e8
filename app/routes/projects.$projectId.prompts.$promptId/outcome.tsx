import ChartColumn from 'lucide-react/icons/chart-column'
import { useQuery } from '#app/replica/react.tsx'
import { sayCost } from '#app/work/say-usage.ts'
import { type PromptOutcome, promptOutcomes } from '#domain/changes/prompt-outcomes.ts'
import type { ShownPrompt } from './shown-prompt.ts'

/** What came of each version of this prompt, model by model, the newest version first. */
export function Outcome({ projectId, versions }: { projectId: string; versions: readonly Pick<ShownPrompt, 'id' | 'version'>[] }) {
  const found = useQuery(promptOutcomes(projectId))
  const numberOf = new Map(versions.map(({ id, version }) => [id, version]))
  const rows = (found ?? [])
    .flatMap((row) => {
      const version = numberOf.get(row.promptId)
      return version === undefined ? [] : [{ ...row, version }]
    })
    .sort((a, b) => b.version - a.version || a.model.localeCompare(b.model))
  if (found && rows.length === 0) {
    return (
      <p className="flex flex-col items-center gap-2 px-6 py-10 text-center text-sm text-muted">
        <ChartColumn aria-hidden className="size-6 text-faint" />
        No attempt has started from it yet. Then this compares versions and models: how much was merged, asked again, and used.
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-2 p-4">
      <table className="w-full text-sm tabular" aria-label="Outcome by version and model">
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted [&>th]:py-1.5 [&>th]:font-medium">
            <th scope="col">Version</th>
            <th scope="col" className="text-right">
              Merged
            </th>
            <th scope="col" className="text-right">
              Asked again
            </th>
            <th scope="col" className="text-right">
              Tokens
            </th>
            <th scope="col" className="text-right">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.promptId} ${row.model}`} className="border-b border-line last:border-b-0 [&>td]:py-2">
              <th scope="row" className="py-2 pr-2 text-left font-normal">
                v{row.version} <span className="text-muted">{row.model === 'builtin' ? 'Built-in' : row.model}</span>
              </th>
              <td className="text-right">
                {sayAccepted(row)}
                <span className="block text-xs text-muted">
                  {row.accepted} of {row.ended}
                  {row.attempts > row.ended && `, ${row.attempts - row.ended} at work`}
                </span>
              </td>
              <td className="text-right">{row.rework.toLocaleString('en-GB', { maximumFractionDigits: 1 })} ×</td>
              <td className="text-right">{row.tokens === 0 ? '–' : Math.round(row.tokens).toLocaleString('en-GB')}</td>
              <td className="text-right">{row.cost === null ? '–' : sayCost(row.cost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-xs text-muted">
        Merged: of the attempts that have ended. Asked again, tokens and cost: of an attempt on average; of a model without prices the cost
        is not known. Attempts of before versions were kept beside them are left out.
      </p>
    </div>
  )
}

const sayAccepted = ({ accepted, ended }: Pick<PromptOutcome, 'accepted' | 'ended'>): string =>
  ended === 0 ? '–' : `${Math.round((accepted / ended) * 100)} %`
