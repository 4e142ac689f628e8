import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { models, PROVIDER_TYPES, providers } from './schema.ts'

/** Writes a model's public face: new or changed. Its key is elsewhere. Run by the server alone. */
export const showModel = defineCommand({
  name: 'showModel',
  input: z.object({
    modelId: z.string(),
    providerType: z.enum(PROVIDER_TYPES),
    baseUrl: z.string(),
    ...models.schema.omit({ config: true }).shape,
  }),
  rooms: () => [teamRoom],
  run(tx, { modelId, providerId, providerType, baseUrl, ...fields }) {
    const team = tx.room(teamRoom)
    const provider = { name: providerType, type: providerType, baseUrl }
    if (team.get(providers, providerId)) team.update(providers, providerId, provider)
    else team.create(providers, { id: providerId, ...provider })
    if (team.get(models, modelId)) team.update(models, modelId, { providerId, ...fields })
    else team.create(models, { id: modelId, providerId, ...fields })
    return accept(modelId)
  },
})

/** Takes a model, and the provider that was its own, away. */
export const hideModel = defineCommand({
  name: 'hideModel',
  input: z.object({ modelId: z.string() }),
  rooms: () => [teamRoom],
  run(tx, { modelId }) {
    const team = tx.room(teamRoom)
    const model = team.get(models, modelId)
    if (!model) return accept()
    team.remove(models, modelId)
    const isShared = team.pick(models, ['providerId']).some((other) => other.providerId === model.providerId)
    if (!isShared) team.remove(providers, model.providerId)
    return accept()
  },
})
