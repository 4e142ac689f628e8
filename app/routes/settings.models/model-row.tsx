import { useState } from 'react'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { Switch } from '#app/ui/switch.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import type { Model, Provider } from '#domain/models/schema.ts'
import { checkFields, fieldsOf, type KnownModel, settled } from './model-form.ts'
import { type Tested, TestResult } from './test-result.tsx'
import { modelName, USAGE_WORDS } from './usage-words.ts'

export type ShownModel = KnownModel & Pick<Model, 'id' | 'providerId' | 'credentialId' | 'keyEnding'>

type Props = {
  model: ShownModel
  provider: Pick<Provider, 'type' | 'baseUrl'> | undefined
  mayManage: boolean
  offline: string | null
  onEdit: () => void
}

/** One model: what it is, where it is reached, the end of its key, and what an admin can do. */
export function ModelRow({ model, provider, mayManage, offline, onEdit }: Props) {
  const testing = useServerCall()
  const switching = useServerCall()
  const removing = useServerCall()
  const [tested, setTested] = useState<Tested | null>(null)
  const [isAsking, setAsking] = useState(false)
  const title = modelName(model)
  const isBlocked = !mayManage || offline !== null

  const test = async () => {
    setTested(null)
    const answer = await testing.call((api) => api.models.test.mutate({ modelId: model.id }))
    if (answer.ok) setTested(answer.value as Tested)
  }
  const setActive = async (isActive: boolean) => {
    const checked = checkFields({ ...fieldsOf(model, provider), isActive }, [])
    await switching.call((api) => {
      if (!checked.ok) throw new Error(checked.message)
      return api.models.save.mutate({ ...settled(checked.value), id: model.id })
    })
  }
  const remove = async () => {
    const answer = await removing.call((api) => api.models.remove.mutate({ modelId: model.id }))
    if (!answer.ok) return
    setAsking(false)
    sayDone(`${title} is removed.`)
  }

  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-52">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="truncate font-medium">{title}</span>
            {model.displayName && model.displayName !== model.name && <span className="text-xs text-faint">{model.name}</span>}
            <Badge>{USAGE_WORDS[model.usageType]}</Badge>
          </p>
          <p className="text-xs break-all text-muted">
            <span className="font-mono">{model.modelName}</span>
            {provider?.baseUrl && <> at {provider.baseUrl}</>}
          </p>
          <p className="text-xs text-muted">
            {model.credentialId !== null ? (
              <>
                key <span className="font-mono">••••{model.keyEnding}</span>
              </>
            ) : (
              'no key'
            )}
          </p>
        </div>
        <Switch
          isSelected={model.isActive}
          onChange={setActive}
          isDisabled={isBlocked || switching.isPending}
          aria-label={`${title} is active`}
        >
          {model.isActive ? 'Active' : 'Inactive'}
        </Switch>
        {mayManage && (
          <div className="flex gap-1">
            <Button size="small" onPress={test} isPending={testing.isPending} isDisabled={isBlocked} aria-label={`Test ${title}`}>
              Test
            </Button>
            <Button size="small" look="quiet" onPress={onEdit} aria-label={`Edit ${title}`}>
              Edit
            </Button>
            <Button size="small" look="quiet" onPress={() => setAsking(true)} isDisabled={isBlocked} aria-label={`Remove ${title}`}>
              Remove
            </Button>
          </div>
        )}
      </div>
      <TestResult tested={tested} refusal={testing.refusal ?? switching.refusal} />
      <Confirm
        title={`Remove ${title}?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={remove}
        verb="Remove"
        isDanger
        isPending={removing.isPending}
        error={removing.refusal?.message ?? null}
      >
        Its key is deleted and nobody can choose it any more; work waiting for it stops with that reason. What it did stays readable, with
        its name. To pause it instead, switch it off.
      </Confirm>
    </li>
  )
}
