import type { Model, UsageType } from './schema.ts'

/** MODEL-1: the model a phase uses: an active one for that very phase, else an active general one, else none (the built-in agent). */
export function modelFor<M extends Pick<Model, 'usageType' | 'isActive'>>(models: readonly M[], usage: UsageType): M | undefined {
  const active = models.filter((model) => model.isActive)
  return active.find((model) => model.usageType === usage) ?? active.find((model) => model.usageType === 'general')
}
