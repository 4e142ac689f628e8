import { modelFor } from '#domain/models/rules.ts'
import type { Model, UsageType } from '#domain/models/schema.ts'

/** What a model is used for, in words. */
export const USAGE_WORDS: Readonly<Record<UsageType, string>> = {
  general: 'General',
  interview: 'Interviews',
  prompt_generation: 'Prompts',
  commit_generation: 'Commit messages',
  task_execution: 'Tasks',
}

export const PROVIDER_WORDS = {
  openai_compatible: 'OpenAI-compatible',
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
} as const

type Choosable = Pick<Model, 'id' | 'name' | 'displayName' | 'usageType' | 'isActive'>

/** A model as people call it. */
export const modelName = (model: Pick<Model, 'name' | 'displayName'>): string => model.displayName || model.name

/** Which model a phase uses now, and why that one (MODEL-1). */
export function sayUsed(models: readonly Choosable[], usage: UsageType): { name: string; why: string } {
  const found = modelFor(models, usage)
  if (!found) return { name: 'Built-in', why: models.length ? 'no active model is for this, and none is general' : 'no model is set up' }
  return { name: modelName(found), why: found.usageType === usage ? 'it is for this' : 'it is the general one' }
}
