import { classes } from '#app/ui/classes.ts'
import { Select } from '#app/ui/select.tsx'
import { fieldClasses } from '#app/ui/text-field.tsx'
import { REPEATS, type Repeats } from '#domain/schedules/schema.ts'
import { fromField, nextNight, toField } from './local-time.ts'

/** Not now: when, how often, and in whose hours. */
export type Later = { at: number; repeats: Repeats; timeZone: string }

export const REPEAT_WORDS: Readonly<Record<Repeats, string>> = {
  never: 'Once',
  day: 'Every day',
  weekday: 'Every weekday',
  week: 'Every week',
}

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Now, or at a time to come, once or again and again. */
export function When({ later, onChange, error }: { later: Later | null; onChange: (later: Later | null) => void; error: string | null }) {
  return (
    <div className="flex flex-col gap-1">
      <Select
        label="When"
        value={later ? 'later' : 'now'}
        onChange={(when) => onChange(when === 'now' ? null : (later ?? { at: nextNight(new Date()), repeats: 'never', timeZone: zone() }))}
        choices={[
          { id: 'now', label: 'Now' },
          { id: 'later', label: 'Later' },
        ]}
        noMessage
      />
      {later && (
        <>
          <div className="mt-1 grid grid-cols-2 gap-2 max-md:grid-cols-1">
            <input
              type="datetime-local"
              aria-label="Start at"
              aria-invalid={error !== null}
              required
              value={toField(later.at)}
              onChange={(event) => {
                const at = fromField(event.target.value)
                if (at !== null) onChange({ ...later, at })
              }}
              className={classes(
                fieldClasses,
                'h-8 px-2 focus-visible:ring-focus pointer-coarse:h-10 pointer-coarse:text-lg',
                error && 'border-danger',
              )}
            />
            <Select
              label="Repeats"
              hideLabel
              noMessage
              value={later.repeats}
              onChange={(repeats) => onChange({ ...later, repeats })}
              choices={REPEATS.map((id) => ({ id, label: REPEAT_WORDS[id] }))}
            />
          </div>
          <p role={error ? 'alert' : undefined} className={classes('min-h-8 text-xs', error ? 'text-danger' : 'text-muted')}>
            {error ??
              (later.repeats === 'never'
                ? 'It begins by itself when a runner is connected then, or up to five minutes later.'
                : 'Each time a copy of this card is made, and work begins at the copy.')}
          </p>
        </>
      )}
    </div>
  )
}
