import Boxes from 'lucide-react/icons/boxes'
import Plus from 'lucide-react/icons/plus'
import { useMemo, useState } from 'react'
import { isAdmin, ROLE_WORDS } from '#app/people/role-words.ts'
import { useQuery, useRoom, useSession } from '#app/replica/react.tsx'
import { useOffline } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { teamRoom } from '#domain/core/rooms.ts'
import { modelsList, providersList } from '#domain/models/queries.ts'
import { USAGE_TYPES } from '#domain/models/schema.ts'
import { Facts } from '../settings/facts.tsx'
import { LoadingRows, Rows } from '../settings/rows.tsx'
import { Section } from '../settings/section.tsx'
import { ModelDialog } from './model-dialog.tsx'
import { fieldsOf } from './model-form.ts'
import { ModelRow } from './model-row.tsx'
import { sayUsed, USAGE_WORDS } from './usage-words.ts'

export const meta = () => [{ title: 'Models · Slipway' }]

/** The models of the team: everybody sees them, admins change them. */
export default function Models() {
  useRoom(teamRoom)
  const { member: me } = useSession()
  const offline = useOffline()
  const models = useQuery(modelsList())
  const providers = useQuery(providersList())
  const [editedId, setEditedId] = useState<string | 'new' | null>(null)
  const providerOf = useMemo(() => new Map((providers ?? []).map((provider) => [provider.id, provider])), [providers])
  const inOrder = useMemo(() => [...(models ?? [])].sort((a, b) => a.name.localeCompare(b.name)), [models])
  const mayManage = isAdmin(me?.role)
  const edited = inOrder.find(({ id }) => id === editedId)
  const add = (
    <Button look="primary" icon={<Plus aria-hidden className="size-4" />} isDisabled={!mayManage} onPress={() => setEditedId('new')}>
      Add model
    </Button>
  )

  return (
    <>
      <Section
        title="Models"
        lead="Any server that speaks the OpenAI protocol. Keys are kept encrypted on the server; nobody sees more than the last four characters."
        actions={add}
      >
        {!mayManage && me && (
          <Banner kind="info" className="mb-3">
            You are {/^[ao]/.test(me.role) ? 'an' : 'a'} {ROLE_WORDS[me.role].label.toLowerCase()}. Only an admin or the owner can add,
            change and test models.
          </Banner>
        )}
        {mayManage && offline && (
          <Banner kind="offline" className="mb-3">
            {offline}
          </Banner>
        )}
        {!models && <LoadingRows label="Loading the models" />}
        {models?.length === 0 && (
          <EmptyState icon={<Boxes className="size-8" />} title="No model yet">
            Everything works without one: the built-in interview, prompts and agent ask nobody. Add a model to have better questions, and
            code written for you.
          </EmptyState>
        )}
        {inOrder.length > 0 && (
          <Rows label="Models">
            {inOrder.map((model) => (
              <ModelRow
                key={model.id}
                model={model}
                provider={providerOf.get(model.providerId)}
                mayManage={mayManage}
                offline={offline}
                onEdit={() => setEditedId(model.id)}
              />
            ))}
          </Rows>
        )}
      </Section>
      {models && models.length > 0 && (
        <Section
          title="Which model does what"
          lead="The model made for a phase, else the general one, else the built-in. People can choose another one each time."
        >
          <Facts
            facts={USAGE_TYPES.filter((usage) => usage !== 'general').map((usage) => {
              const used = sayUsed(models, usage)
              return [
                USAGE_WORDS[usage],
                <span key={usage}>
                  {used.name} <span className="text-muted">· {used.why}</span>
                </span>,
              ]
            })}
          />
        </Section>
      )}
      {editedId !== null && (
        <ModelDialog
          key={editedId}
          edited={
            edited
              ? {
                  id: edited.id,
                  fields: fieldsOf(edited, providerOf.get(edited.providerId)),
                  keyEnding: edited.credentialId === null ? null : edited.keyEnding,
                }
              : null
          }
          others={inOrder.filter(({ id }) => id !== editedId)}
          offline={offline}
          onClose={() => setEditedId(null)}
        />
      )}
    </>
  )
}
