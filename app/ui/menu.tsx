import Check from 'lucide-react/icons/check'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { Menu as AriaMenu, Header, MenuItem, MenuSection, MenuTrigger, Separator, SubmenuTrigger, Text } from 'react-aria-components/Menu'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'
import { choiceClasses, Popover } from './popover.tsx'

export type Action = {
  id: string
  label: string
  icon?: ReactNode
  keys?: string
  hint?: string
  isDanger?: boolean
  isDisabled?: boolean
  /** Marks the present choice. */
  isChosen?: boolean
  /** Opens a further menu instead of running. */
  more?: readonly Action[]
  run?: () => void
}
export type ActionGroup = { title?: string; actions: readonly Action[] }

function Row({ action }: { action: Action }) {
  const item = (
    <MenuItem
      id={action.id}
      textValue={action.label}
      isDisabled={action.isDisabled ?? false}
      className={classes(choiceClasses, action.isDanger && 'text-danger')}
      {...(action.run ? { onAction: action.run } : {})}
    >
      {action.icon && (
        <span aria-hidden className="text-muted">
          {action.icon}
        </span>
      )}
      <span className="flex min-w-0 flex-1 flex-col">
        <Text slot="label" className="truncate">
          {action.label}
        </Text>
        {action.hint && (
          <Text slot="description" className="text-xs text-muted">
            {action.hint}
          </Text>
        )}
      </span>
      {action.isChosen && <Check aria-label="chosen" className="size-3.5 text-accent" />}
      {action.keys && <Kbd keys={action.keys} />}
      {action.more && (
        <span aria-hidden className="text-faint">
          ›
        </span>
      )}
    </MenuItem>
  )
  if (!action.more) return item
  return (
    <SubmenuTrigger>
      {item}
      <Popover className="min-w-44">
        <AriaMenu aria-label={action.label} className="p-1 outline-none">
          {action.more.map((each) => (
            <Row key={each.id} action={each} />
          ))}
        </AriaMenu>
      </Popover>
    </SubmenuTrigger>
  )
}

type MenuProps = {
  /** The accessible name of the list. */
  label: string
  /** The button that opens it. */
  trigger: ReactElement
  groups: readonly ActionGroup[]
  isOpen?: boolean
  onOpenChange?: (open: boolean) => void
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'right top'
}

/** A button that opens a list of actions. */
export function Menu({ label, trigger, groups, isOpen, onOpenChange, placement = 'bottom start' }: MenuProps) {
  return (
    <MenuTrigger {...(isOpen === undefined ? {} : { isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger}
      <Popover placement={placement} className="min-w-48 max-w-80">
        <Groups label={label} groups={groups} />
      </Popover>
    </MenuTrigger>
  )
}

/** The same list beside any element: where hundreds of things have the same menu, one is enough. */
export function MenuAt({
  label,
  anchor,
  groups,
  onClose,
  placement = 'bottom end',
}: Omit<MenuProps, 'trigger' | 'isOpen' | 'onOpenChange'> & { anchor: Element; onClose: () => void }) {
  const at = useRef(anchor)
  at.current = anchor
  return (
    <Popover triggerRef={at} isOpen onOpenChange={(open) => !open && onClose()} placement={placement} className="min-w-48 max-w-80">
      <Groups label={label} groups={groups} onClose={onClose} />
    </Popover>
  )
}

function Groups({ label, groups, onClose }: { label: string; groups: readonly ActionGroup[]; onClose?: () => void }) {
  return (
    <AriaMenu aria-label={label} autoFocus="first" className="p-1 outline-none" {...(onClose ? { onClose } : {})}>
      {groups.map((group, at) => (
        <MenuSection key={group.title ?? at} {...(group.title ? {} : { 'aria-label': label })}>
          {group.title && <Header className="px-2 pt-1 pb-0.5 text-xs text-faint">{group.title}</Header>}
          {group.actions.map((action) => (
            <Row key={action.id} action={action} />
          ))}
          {at < groups.length - 1 && <Separator className="-mx-1 my-1 h-px bg-line" />}
        </MenuSection>
      ))}
    </AriaMenu>
  )
}
