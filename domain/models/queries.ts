import { listRows } from '#domain/core/query.ts'
import { models, providers } from './schema.ts'

/** Every model the team knows, inactive ones too. */
export const modelsList = () =>
  listRows(
    models,
    [
      'name',
      'displayName',
      'providerId',
      'modelName',
      'credentialId',
      'keyEnding',
      'usageType',
      'isActive',
      'defaultTemperature',
      'contextWindow',
      'takesPictures',
      'inputPrice',
      'outputPrice',
    ],
    {},
  )

/** Where the models are reached. */
export const providersList = () => listRows(providers, ['name', 'type', 'baseUrl'], {})
