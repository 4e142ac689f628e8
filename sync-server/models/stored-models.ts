import type { Price } from '#domain/models/price.ts'
import type { PROVIDER_TYPES } from '#domain/models/schema.ts'
import type { AgentSpec } from '#domain/sessions/protocol.ts'
import type { Queries } from '#server/postgres/pool.ts'
import type { StoredAgent } from '#server/turns/stored-turn.ts'
import type { Vault } from '#server/vault/vault.ts'

export type ProviderType = (typeof PROVIDER_TYPES)[number]

/** A model as the server itself knows it: a key goes only to the address it was saved with. */
export type StoredModel = {
  id: string
  name: string
  providerType: ProviderType
  baseUrl: string
  modelName: string
  label: string
  temperature: number | null
  contextWindow: number | null
  takesPictures: boolean
  inputPrice: number | null
  outputPrice: number | null
  isActive: boolean
  providerId: string
  secretId: string | null
}

const COLUMNS = `id, name, provider_type as "providerType", base_url as "baseUrl", model_name as "modelName", label, temperature,
  context_window as "contextWindow", takes_pictures as "takesPictures", input_price as "inputPrice", output_price as "outputPrice", is_active as "isActive", provider_id as "providerId", secret_id as "secretId"`

/** Where the providers we know by name are reached in the way every OpenAI-compatible endpoint speaks. */
const KNOWN_URLS: Readonly<Record<ProviderType, string>> = {
  openai_compatible: '',
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta/openai',
}

/** The address given, or the provider's own. */
export const addressOf = (type: ProviderType, given: string): string => (given.trim() || KNOWN_URLS[type]).replace(/\/+$/, '')

/** One model, or undefined. */
export async function findModel(db: Queries, id: string): Promise<StoredModel | undefined> {
  return (await db.query<StoredModel>(`select ${COLUMNS} from models where id = $1`, [id])).rows[0]
}

/** The model of a name, or undefined. */
export async function findModelByName(db: Queries, name: string): Promise<StoredModel | undefined> {
  return (await db.query<StoredModel>(`select ${COLUMNS} from models where name = $1`, [name])).rows[0]
}

/** Writes a model, new or changed. */
export async function keepModel(db: Queries, model: StoredModel): Promise<void> {
  await db.query(
    `insert into models (id, name, provider_type, base_url, model_name, label, temperature, context_window, is_active, provider_id, secret_id, takes_pictures, input_price, output_price)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (id) do update set name = excluded.name, provider_type = excluded.provider_type, base_url = excluded.base_url, model_name = excluded.model_name,
       label = excluded.label, temperature = excluded.temperature, context_window = excluded.context_window, is_active = excluded.is_active, secret_id = excluded.secret_id,
       takes_pictures = excluded.takes_pictures, input_price = excluded.input_price, output_price = excluded.output_price`,
    [
      model.id, model.name, model.providerType, model.baseUrl, model.modelName, model.label, model.temperature, model.contextWindow,
      model.isActive, model.providerId, model.secretId, model.takesPictures, model.inputPrice, model.outputPrice,
    ],
  ) // biome-ignore format: the columns in their order
}

/** What a runner needs to speak to a model, its key included: made for one claimed turn, kept nowhere. */
export async function specOf(db: Queries, vault: Vault, model: StoredModel): Promise<AgentSpec> {
  return {
    kind: 'openai',
    modelId: model.id,
    label: model.label,
    baseUrl: model.baseUrl,
    apiKey: model.secretId ? await vault.get(db, model.secretId) : null,
    model: model.modelName,
    temperature: model.temperature,
    contextWindow: model.contextWindow,
    takesPictures: model.takesPictures,
  }
}

/** What an agent's requests cost; null where it is no model, or that is gone. */
export async function priceOf(db: Queries, agent: StoredAgent): Promise<Price | null> {
  return agent.kind === 'model' ? ((await findModel(db, agent.modelId)) ?? null) : null
}
