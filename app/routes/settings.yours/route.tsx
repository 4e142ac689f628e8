import { useState } from 'react'
import { useNotifyChoice } from '#app/needs/notify-choice.ts'
import { DIFF_LOOK, DIFF_WHITESPACE, NARROW_SIDEBAR, useOwnChoice } from '#app/people/use-own-choice.ts'
import { useSession } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { Select } from '#app/ui/select.tsx'
import { Switch } from '#app/ui/switch.tsx'
import { setLook, THEMES, type Theme, useLook } from '#app/ui/theme-choice.ts'
import { NotifySwitch, NotifyTrouble } from '../needs-me/notify-switch.tsx'
import { Rows, SettingRow } from '../settings/rows.tsx'
import { Section } from '../settings/section.tsx'
import { RenameDialog } from '../settings.members/rename-dialog.tsx'

export const meta = () => [{ title: 'Yours · Slipway' }]

const THEME_WORDS: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** What is a person's own: what they are called, how the pages look to them, and what they are told. */
export default function Yours() {
  const { member } = useSession()
  const [isNaming, setNaming] = useState(false)
  return (
    <>
      <Section title="You">
        <Rows label="You">
          <SettingRow title="Your name" about="What the others see beside all you write, earlier work too.">
            <span className="min-w-0 flex-1 truncate text-sm">{member?.username}</span>
            <Button isDisabled={!member} onPress={() => setNaming(true)}>
              Rename…
            </Button>
          </SettingRow>
        </Rows>
      </Section>
      <ThisDevice />
      <EveryBrowser />
      {isNaming && member && <RenameDialog person={member} isMe onClose={() => setNaming(false)} />}
    </>
  )
}

function ThisDevice() {
  const { theme, contrast } = useLook()
  const [notify, chooseNotify] = useNotifyChoice()
  return (
    <Section title="On this device" lead="A screen in the sun and one at night want different things: these stay in this browser.">
      <Rows label="On this device">
        <SettingRow
          title="Theme"
          about="Light, dark, or what the system says at this hour."
          isDefault={theme === 'system'}
          toDefault={() => setLook({ theme: 'system' })}
        >
          <Select
            label="Theme"
            hideLabel
            noMessage
            value={theme}
            onChange={(chosen) => setLook({ theme: chosen })}
            choices={THEMES.map((id) => ({ id, label: THEME_WORDS[id] }))}
          />
        </SettingRow>
        <SettingRow
          title="More contrast"
          about="Stronger lines and darker words."
          isDefault={contrast === 'normal'}
          toDefault={() => setLook({ contrast: 'normal' })}
        >
          <Switch isSelected={contrast === 'more'} onChange={(isMore) => setLook({ contrast: isMore ? 'more' : 'normal' })} hideLabel>
            More contrast
          </Switch>
        </SettingRow>
        {notify !== 'impossible' && (
          <SettingRow
            title="Notifications"
            about="This browser tells you of what needs you while Slipway is out of sight."
            isDefault={notify === 'off'}
            toDefault={() => void chooseNotify(false)}
          >
            <NotifySwitch state={notify} choose={chooseNotify} />
          </SettingRow>
        )}
      </Rows>
      <NotifyTrouble state={notify} />
    </Section>
  )
}

function EveryBrowser() {
  const [isNarrow, setNarrow] = useOwnChoice<boolean>(NARROW_SIDEBAR, false)
  const [diffLook, setDiffLook] = useOwnChoice<'unified' | 'split'>(DIFF_LOOK, 'unified')
  const [isSpaceIgnored, ignoreSpace] = useOwnChoice<boolean>(DIFF_WHITESPACE, false)
  return (
    <Section
      title="In every browser of yours"
      lead="These go with you, and change nobody else’s pages. So does how you looked at each board last: its filter, as columns or as a list."
    >
      <Rows label="In every browser of yours">
        <SettingRow
          title="Narrow sidebar"
          about="Icons alone, without their names."
          isDefault={!isNarrow}
          toDefault={() => setNarrow(false)}
        >
          <Switch isSelected={isNarrow} onChange={setNarrow} hideLabel>
            Narrow sidebar
          </Switch>
        </SettingRow>
        <SettingRow
          title="Changes of code"
          about="What was and what is in one column, or side by side where there is room."
          isDefault={diffLook === 'unified'}
          toDefault={() => setDiffLook('unified')}
        >
          <Select
            label="Changes of code"
            hideLabel
            noMessage
            value={diffLook}
            onChange={setDiffLook}
            choices={[
              { id: 'unified', label: 'In one column' },
              { id: 'split', label: 'Side by side' },
            ]}
          />
        </SettingRow>
        <SettingRow
          title="Ignore whitespace"
          about="Leaves out of changes of code what is only spaces, tabs and ends of lines."
          isDefault={!isSpaceIgnored}
          toDefault={() => ignoreSpace(false)}
        >
          <Switch isSelected={isSpaceIgnored} onChange={ignoreSpace} hideLabel>
            Ignore whitespace
          </Switch>
        </SettingRow>
      </Rows>
    </Section>
  )
}
