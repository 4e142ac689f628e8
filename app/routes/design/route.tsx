import Ellipsis from 'lucide-react/icons/ellipsis'
import GitMerge from 'lucide-react/icons/git-merge'
import Inbox from 'lucide-react/icons/inbox'
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import { type ReactNode, useState } from 'react'
import { Avatar, AvatarStack } from '#app/ui/avatar.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Kbd } from '#app/ui/kbd.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Select } from '#app/ui/select.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { Spinner } from '#app/ui/spinner.tsx'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { Tabs } from '#app/ui/tabs.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import { setLook, THEMES, useLook } from '#app/ui/theme-choice.ts'
import { Time } from '#app/ui/time.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'

export const meta = () => [{ title: 'Design system · Slipway' }]

const GROUNDS = ['sunken', 'canvas', 'surface', 'raised', 'hover', 'pressed', 'accent-soft', 'ok-soft', 'warn-soft', 'danger-soft'] as const
const WORDS = ['ink', 'muted', 'faint', 'accent', 'ok', 'warn', 'danger'] as const
const SIZES = ['text-xs', 'text-sm', 'text-base', 'text-lg', 'text-xl'] as const
const PEOPLE = ['Ada Lovelace', 'Grace Hopper', 'Edsger Dijkstra', 'Barbara Liskov', 'Tony Hoare', 'Alan Kay'].map((name) => ({
  id: name,
  name,
}))
const TONES = ['neutral', 'accent', 'ok', 'warn', 'danger'] as const
const MARKDOWN =
  '### Done when\n\n- [x] a second booking is *refused* with a **sentence**\n- [ ] `booking.created` is unchanged\n\n> Nothing that jumps.\n\n```ts\nconst calm = true\n```\n'

/** Every piece of the design system on one page, to look at and to hold against a change. */
export default function Design() {
  const { theme } = useLook()
  return (
    <main className="h-dvh overflow-auto">
      <PageHeader
        title="Design system"
        actions={
          <Select
            label="Theme"
            hideLabel
            noMessage
            value={theme}
            onChange={(chosen) => setLook({ theme: chosen })}
            choices={THEMES.map((id) => ({ id, label: id }))}
            className="w-32"
          />
        }
      />
      <div className="mx-auto grid max-w-6xl gap-x-10 gap-y-8 p-6 lg:grid-cols-2">
        <Tokens />
        <Buttons />
        <Fields />
        <Overlays />
        <Signs />
        <States />
      </div>
    </main>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3">
      <h2 className="border-b border-line pb-1 text-lg font-semibold">{title}</h2>
      {children}
    </section>
  )
}

const Line = ({ children }: { children: ReactNode }) => <div className="flex flex-wrap items-center gap-3">{children}</div>

function Tokens() {
  return (
    <Part title="Colour and type">
      <ul className="grid grid-cols-5 gap-2">
        {GROUNDS.map((name) => (
          <li key={name} className="text-xs text-muted">
            <span className="mb-1 block h-9 rounded-md border border-line" style={{ background: `var(--${name})` }} />
            {name}
          </li>
        ))}
      </ul>
      <Line>
        {WORDS.map((name) => (
          <span key={name} className="text-sm font-medium" style={{ color: `var(--${name})` }}>
            {name}
          </span>
        ))}
      </Line>
      {SIZES.map((size) => (
        <p key={size} className={size}>
          {size.slice(5)}: one shared board for a team and its agents
        </p>
      ))}
    </Part>
  )
}

function Buttons() {
  const [isPending, setPending] = useState(false)
  return (
    <Part title="Buttons">
      <Line>
        <Button look="primary">Primary</Button>
        <Button>Plain</Button>
        <Button look="quiet">Quiet</Button>
        <Button look="danger">Danger</Button>
        <Button isDisabled>Disabled</Button>
      </Line>
      <Line>
        <Button
          look="primary"
          size="small"
          icon={<GitMerge aria-hidden className="size-3.5" />}
          isPending={isPending}
          onPress={() => setPending(!isPending)}
        >
          Small, with an icon
        </Button>
        <Button isPending>Pending</Button>
        <IconButton label="Add" keys="c">
          <Plus aria-hidden className="size-4" />
        </IconButton>
        <IconButton label="Delete" look="plain" size="medium">
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      </Line>
      <Line>
        <Kbd keys="mod+k" />
        <Kbd keys="?" />
        <Kbd keys="shift+enter" />
      </Line>
    </Part>
  )
}

function Fields() {
  const [choice, setChoice] = useState('one')
  const [isOn, setOn] = useState(true)
  return (
    <Part title="Fields">
      <TextField label="Title" hint="The line under a field is always there." placeholder="What is to be done?" />
      <TextField label="Refused" defaultValue="…" error="A title can have at most 255 characters." />
      <TextArea label="Message" hint="Grows with its words." rows={2} />
      <Select
        label="Who works"
        value={choice}
        onChange={setChoice}
        choices={[
          { id: 'one', label: 'Built-in', hint: 'no key' },
          { id: 'two', label: 'A model' },
        ]}
      />
      <Checkbox isSelected={isOn} onChange={setOn}>
        Done
      </Checkbox>
    </Part>
  )
}

function Overlays() {
  const [open, setOpen] = useState<'dialog' | 'form' | 'confirm' | null>(null)
  const close = () => setOpen(null)
  return (
    <Part title="Over the page">
      <Line>
        <Button onPress={() => setOpen('dialog')}>Dialog</Button>
        <Button onPress={() => setOpen('form')}>Form</Button>
        <Button onPress={() => setOpen('confirm')}>Confirm</Button>
        <Menu
          label="Example"
          trigger={
            <IconButton label="Example menu" noTooltip>
              <Ellipsis aria-hidden className="size-4" />
            </IconButton>
          }
          groups={[
            {
              title: 'Move to',
              actions: [
                { id: 'a', label: 'To do', keys: 'm' },
                { id: 'b', label: 'Review', hint: 'not from here' },
              ],
            },
            { actions: [{ id: 'c', label: 'Delete…', isDanger: true }] },
          ]}
        />
        <Button onPress={() => sayRefusal("A card in backlog can't go to done. From backlog it can go to todo or cancelled.")}>
          Refusal
        </Button>
        <Button onPress={() => sayDone('The hash is copied.')}>Done</Button>
      </Line>
      <Dialog title="A dialog" isOpen={open === 'dialog'} onClose={close} footer={<Button onPress={close}>Close it</Button>}>
        <p className="text-sm text-muted">It waits for you, and gives the keyboard back.</p>
      </Dialog>
      {open === 'form' && (
        <FormDialog title="A form" verb="Rename" onClose={close} onSubmit={close}>
          <TextField label="Name" hint="Enter presses the button" autoFocus />
        </FormDialog>
      )}
      <Confirm title="Merge into main?" verb="Merge" isOpen={open === 'confirm'} onClose={close} onConfirm={close}>
        Exactly this commit is merged.
      </Confirm>
    </Part>
  )
}

function Signs() {
  return (
    <Part title="Signs and words">
      <Line>
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone} icon={<StatusDot tone={tone} isLive={tone === 'accent'} className="size-1.5" />}>
            {tone}
          </Badge>
        ))}
      </Line>
      <Line>
        {PEOPLE.slice(0, 2).map((face) => (
          <Avatar key={face.id} face={face} size={28} />
        ))}
        <AvatarStack faces={PEOPLE} label="Here now" isLive />
        <Spinner label="Working" />
        <Time at={Date.now() - 300_000} className="text-sm text-muted" />
      </Line>
      <Tabs
        label="Example tabs"
        pages={[
          { id: 'one', label: 'Description', content: <Markdown text={MARKDOWN} className="pt-3" /> },
          { id: 'two', label: 'Diff', count: 6, content: <p className="pt-3 text-sm">A second page.</p> },
        ]}
      />
    </Part>
  )
}

function States() {
  return (
    <Part title="Nothing, waiting, trouble">
      <Banner kind="offline">You are offline. What you write is kept on this device.</Banner>
      <Banner kind="error" actions={<Button size="small">Try again</Button>}>
        The model answered 401: the key was refused.
      </Banner>
      <Banner kind="info">Starts from the last commit.</Banner>
      <Loading label="An example of loading" className="flex flex-col gap-2">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-16 w-full" />
      </Loading>
      <EmptyState
        icon={<Inbox className="size-8" />}
        title="Nothing here yet"
        actions={<Button look="primary">Make the first one</Button>}
        className="py-4"
      >
        Says what the place is for, and the first thing to do.
      </EmptyState>
    </Part>
  )
}
