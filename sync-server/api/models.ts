import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { refuse } from '#domain/core/refusal.ts'
import { hideModel, showModel } from '#domain/models/commands.ts'
import { models, PROVIDER_TYPES, temperature } from '#domain/models/schema.ts'
import { call } from '#server/documents/documents.ts'
import { addressOf, findModel, findModelByName, keepModel, type StoredModel } from '#server/models/stored-models.ts'
import { lastFour } from '#server/vault/vault.ts'
import { Refused } from './refused.ts'
import { granted, procedure, router, speaker } from './trpc.ts'

const { name, displayName, modelName, usageType, isActive } = models.schema.shape
const baseUrl = z
  .string()
  .trim()
  .max(2_000)
  .refine(
    (url) => url === '' || /^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''),
    'A base URL begins with http:// or https://.',
  )
const apiKey = z.string().trim().max(2_000, 'That key is too long.')

const given = z.object({
  id: z.uuid().optional(),
  name,
  displayName,
  providerType: z.enum(PROVIDER_TYPES),
  baseUrl,
  modelName,
  apiKey: apiKey.optional(),
  usageType,
  isActive,
  temperature: temperature.nullable().optional(),
  contextWindow: models.schema.shape.contextWindow.optional(),
  takesPictures: z.boolean().optional(),
  inputPrice: models.schema.shape.inputPrice.optional(),
  outputPrice: models.schema.shape.outputPrice.optional(),
})

export const modelsRouter = router({
  /** Saves a model, new or changed; its key goes into the vault and comes out for claimed turns only. A key left out stays as it is. */
  save: procedure.input(given).mutation(async ({ ctx, input }) => {
    const { db, documents, vault } = ctx.parts
    const address = addressOf(input.providerType, input.baseUrl)
    if (!address) throw new Refused(refuse('base-url-missing', 'This protocol needs a base URL.', 'baseUrl'))
    const known = input.id === undefined ? undefined : await findModel(db, input.id)
    const namesake = await findModelByName(db, input.name)
    const id = input.id ?? newId()
    if (namesake && namesake.id !== id)
      throw new Refused(refuse('model-name-taken', `There is already a model named ${input.name}. Choose another name.`, 'name'))
    if (known?.secretId && !input.apiKey && known.baseUrl !== address) {
      throw new Refused(
        refuse(
          'key-needed',
          'The base URL changed. Enter the key again: a key is only ever sent to the address it was saved with.',
          'apiKey',
        ),
      )
    }
    const secretId = input.apiKey ? `model:${id}` : (known?.secretId ?? null)
    if (input.apiKey) await vault.put(db, `model:${id}`, input.apiKey)
    const model: StoredModel = {
      id,
      name: input.name,
      providerType: input.providerType,
      baseUrl: address,
      modelName: input.modelName,
      label: input.displayName || input.name,
      temperature: input.temperature ?? null,
      contextWindow: input.contextWindow ?? null,
      takesPictures: input.takesPictures ?? known?.takesPictures ?? false,
      inputPrice: input.inputPrice ?? null,
      outputPrice: input.outputPrice ?? null,
      isActive: input.isActive,
      providerId: known?.providerId ?? newId(),
      secretId,
    }
    await keepModel(db, model)
    const key = secretId ? await vault.get(db, secretId) : null
    const face = {
      modelId: id,
      providerId: model.providerId,
      providerType: model.providerType,
      baseUrl: address,
      name: model.name,
      displayName: input.displayName,
      modelName: model.modelName,
      usageType: input.usageType,
      isActive: model.isActive,
      defaultTemperature: model.temperature,
      contextWindow: model.contextWindow,
      takesPictures: model.takesPictures,
      inputPrice: model.inputPrice,
      outputPrice: model.outputPrice,
      keyEnding: key ? lastFour(key) : '',
      credentialId: secretId,
    }
    granted(await documents.edit([call(showModel, face, speaker(ctx).memberId)]))
    return { modelId: id }
  }),
  /** Removes a model and forgets its key. */
  remove: procedure.input(z.object({ modelId: z.string() })).mutation(async ({ ctx, input }) => {
    const { db, documents, vault } = ctx.parts
    const model = await findModel(db, input.modelId)
    if (model?.secretId) await vault.remove(db, model.secretId)
    await db.query('delete from models where id = $1', [input.modelId])
    granted(await documents.edit([call(hideModel, { modelId: input.modelId }, speaker(ctx).memberId)]))
    return {}
  }),
  /** Asks a model for one word, saved or not; the answer, or the provider's own error. */
  test: procedure
    .input(
      z.union([
        z.object({ modelId: z.string() }),
        z.object({ baseUrl, apiKey, modelName, providerType: z.enum(PROVIDER_TYPES).default('openai_compatible') }),
      ]),
    )
    .mutation(async ({ ctx, input }) => {
      const { db, turns, vault } = ctx.parts
      const askedBy = speaker(ctx).memberId
      if ('modelId' in input) {
        const model = await findModel(db, input.modelId)
        if (!model) throw new Refused(refuse('model-not-found', 'That model is gone. Load the page again.'))
        const turnId = await turns.enqueue({
          payload: { kind: 'testModel', agent: { kind: 'model', modelId: model.id, label: model.label } },
          askedBy,
        })
        return granted(await turns.result<'testModel'>(turnId))
      }
      const address = addressOf(input.providerType, input.baseUrl)
      if (!address) throw new Refused(refuse('base-url-missing', 'This protocol needs a base URL.', 'baseUrl'))
      const id = newId()
      const spec = {
        kind: 'openai',
        modelId: '',
        label: input.modelName,
        baseUrl: address,
        apiKey: input.apiKey || null,
        model: input.modelName,
        temperature: null,
        contextWindow: null,
        takesPictures: false,
      }
      const turnId = await turns.enqueue(
        { payload: { kind: 'testModel', agent: { kind: 'sealed' } }, sealed: vault.seal(id, JSON.stringify(spec)), askedBy },
        id,
      )
      return granted(await turns.result<'testModel'>(turnId))
    }),
})
