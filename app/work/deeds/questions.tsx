import ArrowRightToLine from 'lucide-react/icons/arrow-right-to-line'
import Calendar from 'lucide-react/icons/calendar'
import CalendarOff from 'lucide-react/icons/calendar-off'
import Circle from 'lucide-react/icons/circle'
import Plus from 'lucide-react/icons/plus'
import Tag from 'lucide-react/icons/tag'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery, useSession } from '#app/replica/react.tsx'
import { Avatar } from '#app/ui/avatar.tsx'
import { PRIORITY_LABELS, PriorityIcon } from '#app/work/priority.tsx'
import { PRIORITIES } from '#domain/tasks/schema.ts'
import { membersList } from '#domain/team/queries.ts'
import { type Choice, Chooser } from './chooser.tsx'
import { type DeedCard, type Deeds, type Question, sayCards } from './deeds.ts'
import { dueDays, sayDue } from './due-days.ts'
import { holdsOf } from './holds.ts'
import { whyNot } from './why-not.ts'

type AboutCards = { cards: readonly DeedCard[]; deeds: Deeds; onClose: () => void }

/** Asks one thing about some cards. */
export function Ask({ what, ...about }: AboutCards & { what: Question }) {
  switch (what) {
    case 'column':
      return <AskColumn {...about} />
    case 'priority':
      return <AskPriority {...about} />
    case 'assignee':
      return <AskAssignee {...about} />
    case 'labels':
      return <AskLabels {...about} />
    case 'due':
      return <AskDue {...about} />
  }
}

function AskColumn({ cards, deeds, onClose }: AboutCards) {
  const choices = deeds.columns().map<Choice>((column) => ({
    id: column.id,
    label: column.name,
    icon: <ArrowRightToLine className="size-4" />,
    hint: whyNot(cards, column),
    holds: holdsOf(cards, ({ columnId }) => columnId === column.id),
    run: () => deeds.moveTo(cards, column.id),
  }))
  return (
    <Chooser
      title={`Move ${sayCards(cards)}`}
      placeholder="Move to…"
      choices={choices}
      whenEmpty="No column is called so."
      onClose={onClose}
    />
  )
}

function AskPriority({ cards, deeds: { change }, onClose }: AboutCards) {
  const choices = PRIORITIES.map<Choice>((priority) => ({
    id: priority,
    label: PRIORITY_LABELS[priority],
    icon: <PriorityIcon priority={priority} isDecor />,
    holds: holdsOf(cards, (card) => card.priority === priority),
    run: () => change(cards, { patch: { priority } }, many(cards, PRIORITY_LABELS[priority].toLowerCase())),
  }))
  return (
    <Chooser
      title={`Priority of ${sayCards(cards)}`}
      placeholder="Set priority to…"
      choices={choices}
      whenEmpty="No priority is called so."
      onClose={onClose}
    />
  )
}

function AskAssignee({ cards, deeds: { change }, onClose }: AboutCards) {
  const members = useQuery(membersList()) ?? []
  const { member: me } = useSession()
  const face = usePeople()
  const give = (assignee: string | null) => () =>
    change(cards, { patch: { assignee } }, many(cards, assignee === null ? 'assigned to nobody' : `assigned to ${face(assignee).name}`))
  const people = members.filter(
    ({ id, isActive, role }) => (isActive && role !== 'runner') || cards.some(({ assignee }) => assignee === id),
  )
  const mine = people.filter(({ id }) => id === me?.id)
  const choices: Choice[] = [
    { id: 'nobody', label: 'Nobody', icon: <Circle className="size-4 text-faint" />, holds: holdsOf(cards, ({ assignee }) => assignee === null), run: give(null) }, // biome-ignore format: one choice
    ...[...mine, ...people.filter((one) => !mine.includes(one))].map(({ id }) => ({
      id,
      label: face(id).name,
      icon: <Avatar face={face(id)} size={16} label="" />,
      hint: id === me?.id ? 'you' : '',
      holds: holdsOf(cards, ({ assignee }) => assignee === id),
      run: give(id),
    })),
  ]
  return (
    <Chooser
      title={`Assignee of ${sayCards(cards)}`}
      placeholder="Assign to…"
      choices={choices}
      whenEmpty="Nobody here is called so."
      onClose={onClose}
    />
  )
}

function AskLabels({ cards, deeds: { knownLabels, change }, onClose }: AboutCards) {
  const choice = (label: string): Choice => {
    const holds = holdsOf(cards, ({ labels }) => labels.includes(label))
    const change_ = holds === 'all' ? { removeLabels: [label] } : { addLabels: [label] }
    const said = `label “${label}” ${holds === 'all' ? 'taken away' : 'added'}`
    return { id: label, label, icon: <Tag className="size-4" />, holds, run: () => change(cards, change_, many(cards, said)) }
  }
  return (
    <Chooser
      title={`Labels of ${sayCards(cards)}`}
      placeholder="Add or take away a label…"
      choices={knownLabels().map(choice)}
      fresh={(typed) => ({ ...choice(typed), label: `New label “${typed}”`, icon: <Plus className="size-4" /> })}
      whenEmpty="There are no labels yet. Type one to make it."
      onClose={onClose}
    />
  )
}

function AskDue({ cards, deeds: { change }, onClose }: AboutCards) {
  const now = new Date()
  const choices: Choice[] = [
    ...dueDays(now).map(({ name, at }) => ({
      id: name,
      label: name,
      icon: <Calendar className="size-4" />,
      hint: sayDue(at),
      holds: holdsOf(cards, ({ dueAt }) => dueAt !== null && sayDue(dueAt) === sayDue(at)),
      run: () => change(cards, { patch: { dueAt: at } }, many(cards, `due ${sayDue(at)}`)),
    })),
    { id: 'none', label: 'No due date', icon: <CalendarOff className="size-4" />, holds: holdsOf(cards, ({ dueAt }) => dueAt === null), run: () => change(cards, { patch: { dueAt: null } }, many(cards, 'no due date')) }, // biome-ignore format: one choice
  ]
  return (
    <Chooser
      title={`Due date of ${sayCards(cards)}`}
      placeholder="Due…"
      choices={choices}
      whenEmpty="Open the card to choose any other day."
      onClose={onClose}
    />
  )
}

/** Of one card that is in sight nothing needs to be said. */
const many = (cards: readonly DeedCard[], said: string): string | undefined => (cards.length > 1 ? said : undefined)
