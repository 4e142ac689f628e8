import { type FormEvent, useMemo, useState } from 'react'
import { isAdmin, ROLE_WORDS } from '#app/people/role-words.ts'
import { useQuery, useRoom, useSession } from '#app/replica/react.tsx'
import { useOffline, useServerCall } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { useFirstWrong } from '#app/ui/use-first-wrong.ts'
import { isElsewhere, wordsAt } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { SETTING_KEYS, SETTINGS, type SettingKey, settingsList, withDefaults } from '#domain/team/settings.ts'
import { LoadingRows, Rows, SettingRow } from '../settings/rows.tsx'
import { Section } from '../settings/section.tsx'
import { changesOf, DEFAULT_FIELDS, type Fields, fieldsOf } from './setting-form.ts'

export const meta = () => [{ title: 'Limits · Slipway' }]

/** How far a run may go. Everybody sees it, an admin sets it; what is changed is saved together. */
export default function Limits() {
  useRoom(teamRoom)
  const { member: me } = useSession()
  const offline = useOffline()
  const rows = useQuery(settingsList())
  const { call, isPending, refusal, clear } = useServerCall()
  const { form, asked } = useFirstWrong(isPending)
  const [edited, setEdited] = useState<Partial<Fields>>({})
  const kept = useMemo(() => rows && fieldsOf(withDefaults(Object.fromEntries(rows.map(({ key, value }) => [key, value])))), [rows])
  const mayManage = isAdmin(me?.role)
  const fields = kept && { ...kept, ...edited }
  const changes = fields ? changesOf(fields, kept) : {}
  const isChanged = Object.keys(changes).length > 0

  const set = (key: SettingKey, text: string) => {
    setEdited({ ...edited, [key]: text })
    if (refusal) clear()
  }
  const discard = () => {
    setEdited({})
    clear()
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    asked()
    const answer = await call((api) => api.settings.save.mutate({ changes }))
    if (!answer.ok) return
    setEdited({})
    sayDone('The limits hold from the next start on.')
  }

  return (
    <Section
      title="Limits"
      lead="How far an agent may go before it stops by itself, and how long what nobody uses is kept. They hold for every project, from the next start on."
    >
      {!mayManage && me && (
        <Banner kind="info" className="mb-3">
          You are {/^[ao]/.test(me.role) ? 'an' : 'a'} {ROLE_WORDS[me.role].label.toLowerCase()}. Only an admin or the owner can change
          them.
        </Banner>
      )}
      {mayManage && offline && (
        <Banner kind="offline" className="mb-3">
          {offline}
        </Banner>
      )}
      {!fields && <LoadingRows label="Loading the limits" />}
      {fields && (
        <form ref={form} onSubmit={(event) => void save(event)}>
          <Rows label="Limits">
            {SETTING_KEYS.map((key) => (
              <Setting
                key={key}
                name={key}
                text={fields[key]}
                error={wordsAt(refusal, key)}
                isReadOnly={!mayManage}
                onChange={(text) => set(key, text)}
              />
            ))}
          </Rows>
          {refusal && isElsewhere(refusal, SETTING_KEYS) && (
            <Banner kind="error" className="mt-3">
              {refusal.message}
            </Banner>
          )}
          {mayManage && (
            <div className="mt-3 flex flex-wrap items-center gap-2">
              <Button look="primary" type="submit" isDisabled={!isChanged || offline !== null} isPending={isPending}>
                Save
              </Button>
              {isChanged && (
                <Button look="quiet" onPress={discard}>
                  Discard
                </Button>
              )}
              {refusal && <span className="text-sm text-muted">Nothing was changed.</span>}
            </div>
          )}
        </form>
      )}
    </Section>
  )
}

type SettingProps = { name: SettingKey; text: string; error: string | null; isReadOnly: boolean; onChange: (text: string) => void }

function Setting({ name, text, error, isReadOnly, onChange }: SettingProps) {
  const { label, description, byDefault } = SETTINGS[name]
  const isList = Array.isArray(byDefault)
  const field = {
    label,
    hideLabel: true,
    value: text,
    onChange,
    error,
    isReadOnly,
    hint: `Default: ${isList ? 'none' : byDefault.toLocaleString('en-GB')}`,
    className: 'flex-1',
  }
  return (
    <SettingRow
      title={label}
      about={description}
      isDefault={text.trim() === DEFAULT_FIELDS[name]}
      toDefault={isReadOnly ? undefined : () => onChange(DEFAULT_FIELDS[name])}
    >
      {isList ? <TextArea {...field} rows={3} placeholder="secrets/*" /> : <TextField {...field} inputMode="numeric" autoComplete="off" />}
    </SettingRow>
  )
}
