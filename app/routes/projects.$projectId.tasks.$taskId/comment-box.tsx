import { useMentionable } from '#app/people/use-mentionable.ts'
import { mentionedIn } from '#domain/tasks/mentions.ts'
import { WordsBox } from './words-box.tsx'

/** What somebody said, with those whom the words mention. */
export type Said = { body: string; mentions: string[] }

type CommentBoxProps = {
  /** Under which what was begun is kept on this device. */
  draft: string
  label: string
  verb: string
  before?: string
  /** Answers the sentence of a refusal, or null. */
  give: (said: Said) => Promise<string | null>
  /** Where words that stand are changed: goes back to them. */
  close?: () => void
}

/** Where a comment is written: @ offers the people who can be mentioned. */
export function CommentBox({ give, ...box }: CommentBoxProps) {
  const { people, offers } = useMentionable()
  return (
    <WordsBox
      {...box}
      placeholder="Write a comment"
      hint="Markdown works, and @ mentions somebody. Ctrl or ⌘ and Enter sends."
      offers={offers}
      give={(body) => give({ body, mentions: mentionedIn(body, people) })}
    />
  )
}
