import { z } from 'zod'
import { check } from '#domain/core/command.ts'
import type { Answer } from '#domain/core/refusal.ts'
import { type Model, models, PROVIDER_TYPES, type Provider, temperature, type UsageType } from '#domain/models/schema.ts'

/** What stands in the fields, as typed. */
export type ModelFields = {
  name: string
  displayName: string
  providerType: Provider['type']
  baseUrl: string
  modelName: string
  apiKey: string
  usageType: UsageType
  temperature: string
  contextWindow: string
  inputPrice: string
  outputPrice: string
  takesPictures: boolean
  isActive: boolean
}

export const EMPTY: ModelFields = {
  name: '',
  displayName: '',
  providerType: 'openai_compatible',
  baseUrl: '',
  modelName: '',
  apiKey: '',
  usageType: 'general',
  temperature: '',
  contextWindow: '',
  inputPrice: '',
  outputPrice: '',
  takesPictures: false,
  isActive: true,
}

/** What of a model its form shows. */
export type KnownModel = Pick<
  Model,
  | 'name'
  | 'displayName'
  | 'modelName'
  | 'usageType'
  | 'isActive'
  | 'defaultTemperature'
  | 'contextWindow'
  | 'takesPictures'
  | 'inputPrice'
  | 'outputPrice'
>

/** The fields of a model that is there already. Its key never comes back; an empty key field keeps it. */
export const fieldsOf = (model: KnownModel, provider: Pick<Provider, 'type' | 'baseUrl'> | undefined): ModelFields => ({
  name: model.name,
  displayName: model.displayName,
  providerType: provider?.type ?? 'openai_compatible',
  baseUrl: provider?.baseUrl ?? '',
  modelName: model.modelName,
  apiKey: '',
  usageType: model.usageType,
  temperature: model.defaultTemperature === null ? '' : String(model.defaultTemperature),
  contextWindow: model.contextWindow === null ? '' : String(model.contextWindow),
  inputPrice: model.inputPrice === null ? '' : String(model.inputPrice),
  outputPrice: model.outputPrice === null ? '' : String(model.outputPrice),
  takesPictures: model.takesPictures,
  isActive: model.isActive,
})

const optionalNumber = (schema: z.ZodNumber) =>
  z
    .string()
    .trim()
    .transform((text) => (text === '' ? undefined : Number(text.replace(',', '.'))))
    .pipe(schema.optional())

const PRICE = 'A price is a number of dollars, 0 or more.'
const price = optionalNumber(z.number(PRICE).min(0, PRICE).max(100_000, 'A price is for a million tokens; that is too much.'))

const { name, displayName, modelName, usageType, isActive, takesPictures } = models.schema.shape
/** What is said of several fields together is said beside what is wrong with each. */
const always = () => true
const form = z
  .object({
    name,
    displayName,
    providerType: z.enum(PROVIDER_TYPES),
    baseUrl: z
      .string()
      .trim()
      .regex(/^(https?:\/\/[^\s/]+.*)?$/, 'A base URL begins with http:// or https://, for example http://localhost:11434/v1.'),
    modelName,
    apiKey: z
      .string()
      .trim()
      .transform((key) => key || undefined),
    usageType,
    isActive,
    takesPictures,
    temperature: optionalNumber(temperature),
    contextWindow: optionalNumber(z.number('A whole number.').int('A whole number.').positive('A whole number.')),
    inputPrice: price,
    outputPrice: price,
  })
  .refine(({ baseUrl, providerType }) => baseUrl !== '' || providerType !== 'openai_compatible', {
    path: ['baseUrl'],
    error: 'This protocol needs a base URL.',
    when: always,
  })
export type ModelInput = z.output<typeof form>

/** Checks the fields; the words are the schema's own. A name another model has is refused. */
export function checkFields(fields: ModelFields, others: readonly { name: string }[]): Answer<ModelInput> {
  const isFree = ({ name }: Pick<ModelInput, 'name'>) => !others.some((other) => other.name.toLowerCase() === name.toLowerCase())
  return check(
    form.refine(isFree, {
      path: ['name'],
      error: ({ input }) => `A model called “${(input as ModelInput).name}” is there already. Choose another name.`,
      when: always,
    }),
    fields,
  )
}

/** The input without the fields that are not set: what the procedure takes. */
export function settled<T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
