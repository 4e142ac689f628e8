import { type Context, sayContext } from './say-context.ts'

/** How full the conversation with the agent is; nothing for an agent that keeps no count. */
export function ContextGauge({ session }: { session: Context }) {
  const said = sayContext(session)
  if (!said) return null
  const { tokens, gone, part } = said
  return (
    <p
      title={`How much of the model's room the conversation takes.${gone ? ' To make room, results of tools that are long past were left out; who said what stays.' : ''}`}
      className="flex items-center gap-2 text-xs text-faint tabular"
    >
      {part !== null && (
        <span aria-hidden className="h-1 w-12 overflow-hidden rounded-full bg-line">
          <span className={part < 0.75 ? 'block h-full bg-muted' : 'block h-full bg-warn'} style={{ width: `${part * 100}%` }} />
        </span>
      )}
      <span>
        This conversation: {tokens}
        {gone && ` · ${gone}`}
      </span>
    </p>
  )
}
