import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { BUILTIN } from '#domain/interviews/schema.ts'
import { findModel } from '#server/models/stored-models.ts'
import type { Db } from '#server/postgres/pool.ts'
import type { StoredAgent } from '#server/turns/stored-turn.ts'

/** Who does the work: the built-in agent, or an active model. */
export async function chooseAgent(db: Db, modelId: string): Promise<Answer<StoredAgent>> {
  if (modelId === BUILTIN) return accept({ kind: 'builtin' })
  const model = await findModel(db, modelId)
  if (!model) return refuse('model-not-found', 'That model is gone. Choose another one.', 'modelId')
  if (!model.isActive)
    return refuse(
      'model-inactive',
      `The model ${model.label} is switched off. Switch it on in the settings, or choose another one.`,
      'modelId',
    )
  return accept({ kind: 'model', modelId, label: model.label })
}
