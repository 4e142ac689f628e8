import SmilePlus from 'lucide-react/icons/smile-plus'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useCommand, useSession } from '#app/replica/react.tsx'
import { classes } from '#app/ui/classes.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { Tooltip } from '#app/ui/tooltip.tsx'
import { react } from '#domain/tasks/comment-commands.ts'
import { REACTIONS, type Reacted } from '#domain/tasks/reactions.ts'
import { sayReaction, sayWho } from './say-reaction.ts'

type ReactionsProps = {
  projectId: string
  commentId: string
  reacted: readonly Reacted[]
  nameOf: (memberId: string) => string
  isReadOnly: boolean
}

/** What people reacted to a comment with, how many and who; a press adds one's own or takes it back. */
export function Reactions({ projectId, commentId, reacted, nameOf, isReadOnly }: ReactionsProps) {
  const me = useSession().member?.id ?? ''
  const set = useCommand(react)
  const isMine = (emoji: string) => reacted.some((one) => one.emoji === emoji && one.memberIds.includes(me))
  const toggle = async (emoji: string) => {
    const answer = await set({ projectId, commentId, emoji, isOn: !isMine(emoji) })
    if (!answer.ok) sayRefusal(answer.message)
  }
  if (isReadOnly && reacted.length === 0) return null
  return (
    <fieldset aria-label="Reactions" className="mt-1 -ml-1 flex min-w-0 flex-wrap items-center gap-1">
      {reacted.map(({ emoji, memberIds }) => {
        const who = sayWho(memberIds.map((id) => (id === me ? 'you' : nameOf(id))))
        return (
          <Tooltip key={emoji} text={who}>
            <AriaButton
              aria-label={`${sayReaction(emoji)}, ${memberIds.length}: ${who}`}
              aria-pressed={isMine(emoji)}
              // It still says who, where nothing can be pressed.
              aria-disabled={isReadOnly}
              onPress={() => void (isReadOnly || toggle(emoji))}
              className={classes(
                'flex h-6 items-center gap-1 rounded-full border px-2 text-xs tabular transition-colors select-none data-focus-visible:ring-focus data-hovered:bg-hover pointer-coarse:h-9 pointer-coarse:px-3',
                isMine(emoji) ? 'border-accent bg-accent-soft text-accent' : 'border-line bg-surface text-muted',
              )}
            >
              <span aria-hidden>{emoji}</span>
              {memberIds.length}
            </AriaButton>
          </Tooltip>
        )
      })}
      {!isReadOnly && (
        <Menu
          label="React"
          trigger={
            <IconButton label="React" noTooltip className="size-6 text-faint">
              <SmilePlus aria-hidden className="size-4" />
            </IconButton>
          }
          groups={[
            {
              actions: REACTIONS.map((emoji) => ({
                id: emoji,
                label: sayReaction(emoji),
                icon: emoji,
                isChosen: isMine(emoji),
                run: () => void toggle(emoji),
              })),
            },
          ]}
        />
      )}
    </fieldset>
  )
}
