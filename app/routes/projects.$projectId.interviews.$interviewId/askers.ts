import { BUILTIN } from '#domain/interviews/schema.ts'
import { modelFor } from '#domain/models/rules.ts'
import type { Model, UsageType } from '#domain/models/schema.ts'

type Choosable = Pick<Model, 'id' | 'name' | 'displayName' | 'usageType' | 'isActive'>
export type Asker = { id: string; label: string; hint?: string }

/** Who can do a phase's work: the built-in way, which asks nobody, and every active model that is for this or general. */
export function askersFor(models: readonly Choosable[], usage: UsageType, builtin: string): Asker[] {
  const fit = models.filter((model) => model.isActive && (model.usageType === usage || model.usageType === 'general'))
  return [
    { id: BUILTIN, label: builtin, hint: 'no model, works offline' },
    ...fit.map((model) => ({
      id: model.id,
      label: model.displayName || model.name,
      hint: model.usageType === usage ? 'for this' : 'general',
    })),
  ]
}

/** Who does it unless somebody chooses (MODEL-1). */
export const defaultAsker = (models: readonly Choosable[], usage: UsageType): string => modelFor(models, usage)?.id ?? BUILTIN

/** A model's id as people call it; a removed one still says what it was. */
export function askerName(id: string, models: readonly Pick<Model, 'id' | 'name' | 'displayName'>[]): string {
  if (id === BUILTIN) return 'Built-in list'
  const model = models.find((one) => one.id === id)
  if (model) return model.displayName || model.name
  return /^[0-9a-f-]{36}$/.test(id) ? 'A model that is removed' : id
}
