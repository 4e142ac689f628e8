import type { REACTIONS } from '#domain/tasks/reactions.ts'

const WORDS: Readonly<Record<(typeof REACTIONS)[number], string>> = {
  '👍': 'Thumbs up',
  '❤️': 'Heart',
  '🎉': 'Hooray',
  '😄': 'Laugh',
  '👀': 'Looking at it',
  '🚀': 'Rocket',
}

/** A reaction in words; what a newer version offers is itself. */
export const sayReaction = (emoji: string): string => (WORDS as Readonly<Record<string, string>>)[emoji] ?? emoji

const MOST_NAMES = 10

/** Who reacted, in one line: oneself last, as people say it. */
export function sayWho(names: readonly string[]): string {
  const others = names.filter((name) => name !== 'you').sort((a, b) => a.localeCompare(b))
  const more = others.length > MOST_NAMES ? [`${others.length - MOST_NAMES} more`] : []
  const all = [...others.slice(0, MOST_NAMES), ...more, ...names.filter((name) => name === 'you')]
  const last = all.pop() ?? ''
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`
}
