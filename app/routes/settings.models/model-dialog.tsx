import { useState } from 'react'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { Select } from '#app/ui/select.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { PROVIDER_TYPES, USAGE_TYPES } from '#domain/models/schema.ts'
import { checkFields, EMPTY, type ModelFields, settled } from './model-form.ts'
import { type Tested, TestResult } from './test-result.tsx'
import { PROVIDER_WORDS, USAGE_WORDS } from './usage-words.ts'

const PROVIDERS = PROVIDER_TYPES.map((type) => ({ id: type, label: PROVIDER_WORDS[type] }))
const USAGES = USAGE_TYPES.map((usage) => ({ id: usage, label: USAGE_WORDS[usage] }))

type Props = {
  /** The model being changed, or null for a new one. `keyEnding` is null where it has no key, and empty where the key is too short to show its end. */
  edited: { id: string; fields: ModelFields; keyEnding: string | null } | null
  others: readonly { name: string }[]
  offline: string | null
  onClose: () => void
}

/** The form of a model. The key goes one way: it is typed here, kept encrypted on the server and never shown again. */
export function ModelDialog({ edited, others, offline, onClose }: Props) {
  const [fields, setFields] = useState<ModelFields>(edited?.fields ?? EMPTY)
  const [refused, setRefused] = useState<Refusal | null>(null)
  const [tested, setTested] = useState<Tested | null>(null)
  const saving = useServerCall()
  const testing = useServerCall()
  const set = (patch: Partial<ModelFields>) => {
    setFields({ ...fields, ...patch })
    setTested(null)
    testing.clear()
  }
  const refusal = refused ?? saving.refusal
  const errorAt = (field: keyof ModelFields) => wordsAt(refusal, field)

  const save = async () => {
    const checked = checkFields(fields, others)
    setRefused(checked.ok ? null : checked)
    if (!checked.ok) return
    const input = { ...settled(checked.value), ...(edited ? { id: edited.id } : {}) }
    const answer = await saving.call((api) => api.models.save.mutate(input))
    if (!answer.ok) return
    sayDone(`${checked.value.displayName || checked.value.name} is saved.`)
    onClose()
  }
  const test = async () => {
    setTested(null)
    const isSaved = edited && fields.apiKey === '' && edited.keyEnding !== null
    const { baseUrl, apiKey, modelName, providerType } = fields
    const answer = await testing.call((api) =>
      isSaved
        ? api.models.test.mutate({ modelId: edited.id })
        : api.models.test.mutate({ baseUrl: baseUrl.trim(), apiKey: apiKey.trim(), modelName: modelName.trim(), providerType }),
    )
    if (answer.ok) setTested(answer.value as Tested)
  }

  return (
    <FormDialog
      title={edited ? `Edit ${edited.fields.displayName || edited.fields.name}` : 'Add a model'}
      verb="Save"
      onClose={onClose}
      onSubmit={save}
      isPending={saving.isPending}
      isDisabled={offline !== null}
      className="grid gap-x-4 gap-y-2.5 md:grid-cols-2"
      aside={
        <Button
          onPress={test}
          isPending={testing.isPending}
          isDisabled={
            offline !== null || !fields.modelName.trim() || (fields.providerType === 'openai_compatible' && !fields.baseUrl.trim())
          }
          className="mr-auto"
        >
          Test
        </Button>
      }
    >
      <TextField
        label="Name"
        value={fields.name}
        onChange={(name) => set({ name })}
        error={errorAt('name')}
        hint="Unique in the team"
        autoFocus
        autoComplete="off"
      />
      <TextField
        label="Display name"
        value={fields.displayName}
        onChange={(displayName) => set({ displayName })}
        error={errorAt('displayName')}
        hint="What people see; else the name"
        autoComplete="off"
      />
      <Select label="Protocol" choices={PROVIDERS} value={fields.providerType} onChange={(providerType) => set({ providerType })} />
      <TextField
        label="Base URL"
        type="url"
        value={fields.baseUrl}
        onChange={(baseUrl) => set({ baseUrl })}
        error={errorAt('baseUrl')}
        placeholder="https://api.openai.com/v1"
        autoComplete="off"
      />
      <TextField
        label="Model name"
        value={fields.modelName}
        onChange={(modelName) => set({ modelName })}
        error={errorAt('modelName')}
        hint="As the provider calls it"
        autoComplete="off"
      />
      <TextField
        label="API key"
        type="password"
        value={fields.apiKey}
        onChange={(apiKey) => set({ apiKey })}
        error={errorAt('apiKey')}
        hint={
          edited && edited.keyEnding !== null
            ? `${edited.keyEnding === '' ? 'Kept' : `Kept: ends in ${edited.keyEnding}`}. Leave empty to keep it.`
            : 'Kept encrypted on the server; may be empty for a local one'
        }
        autoComplete="off"
      />
      <Select
        label="Used for"
        choices={USAGES}
        value={fields.usageType}
        onChange={(usageType) => set({ usageType })}
        hint="General is used where nothing else fits"
      />
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label="Temperature"
          inputMode="decimal"
          value={fields.temperature}
          onChange={(temperature) => set({ temperature })}
          error={errorAt('temperature')}
          hint="0 to 2, optional"
        />
        <TextField
          label="Context window"
          inputMode="numeric"
          value={fields.contextWindow}
          onChange={(contextWindow) => set({ contextWindow })}
          error={errorAt('contextWindow')}
          hint="Tokens, optional"
        />
      </div>
      <TextField
        label="Price of reading"
        inputMode="decimal"
        value={fields.inputPrice}
        onChange={(inputPrice) => set({ inputPrice })}
        error={errorAt('inputPrice')}
        hint="US dollars for a million tokens, optional"
      />
      <TextField
        label="Price of writing"
        inputMode="decimal"
        value={fields.outputPrice}
        onChange={(outputPrice) => set({ outputPrice })}
        error={errorAt('outputPrice')}
        hint="Without both, what it costs is not known"
      />
      <Checkbox isSelected={fields.takesPictures} onChange={(takesPictures) => set({ takesPictures })} className="mb-2 md:col-span-2">
        Looks at pictures: those in answers and cards are sent to it; a model that does not is told their names
      </Checkbox>
      <Checkbox isSelected={fields.isActive} onChange={(isActive) => set({ isActive })} className="md:col-span-2">
        Active: people can choose it
      </Checkbox>
      <div className="mt-2 flex flex-col gap-2 md:col-span-2">
        {offline && <Banner kind="offline">{offline}</Banner>}
        {refusal && isElsewhere(refusal, Object.keys(EMPTY)) && <Banner kind="error">{refusal.message}</Banner>}
        <TestResult tested={tested} refusal={testing.refusal} />
      </div>
    </FormDialog>
  )
}
