import { TextField } from '#app/ui/text-field.tsx'
import { isFilledAtStart } from '#domain/prompts/start-text.ts'

type Props = {
  names: readonly string[]
  values: Readonly<Record<string, string>>
  isReadOnly: boolean
  onChange: (values: Record<string, string>) => void
}

/** A value for every {{name}} in the rendered text that a start does not fill in by itself; nothing where there is none. */
export function VariablesList({ names, values, isReadOnly, onChange }: Props) {
  const asked = names.filter((name) => !isFilledAtStart(name))
  if (asked.length === 0) return null
  return (
    <section aria-labelledby="variables">
      <h2 id="variables" className="mb-1 text-sm font-medium">
        Variables
      </h2>
      <div className="grid gap-2 md:grid-cols-2">
        {asked.map((name) => (
          <TextField
            key={name}
            label={name}
            noMessage
            value={values[name] ?? ''}
            onChange={(value) => onChange({ ...values, [name]: value })}
            placeholder="no value yet"
            isReadOnly={isReadOnly}
            autoComplete="off"
          />
        ))}
      </div>
    </section>
  )
}
