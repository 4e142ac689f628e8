import type { Reaction } from './schema.ts'

/** What one can react to a comment with. */
export const REACTIONS = ['👍', '❤️', '🎉', '😄', '👀', '🚀'] as const

/** All who reacted to a comment with the same. */
export type Reacted = { emoji: string; memberIds: readonly string[] }

/** COMMENT-3: reactions by comment, in the order they are offered; what a newer version offers comes last. Everybody counts once. */
export function reactionsByComment(rows: readonly Pick<Reaction, 'commentId' | 'memberId' | 'emoji'>[]): Map<string, Reacted[]> {
  const place = (emoji: string): number => (REACTIONS as readonly string[]).indexOf(emoji) + 1 || REACTIONS.length + 1
  const found = new Map<string, Map<string, Set<string>>>()
  for (const { commentId, memberId, emoji } of rows) {
    const ofComment = found.get(commentId) ?? new Map<string, Set<string>>()
    found.set(commentId, ofComment.set(emoji, (ofComment.get(emoji) ?? new Set()).add(memberId)))
  }
  const inOrder = (ofComment: Map<string, Set<string>>): Reacted[] =>
    [...ofComment]
      .map(([emoji, members]) => ({ emoji, memberIds: [...members].sort() }))
      .sort((a, b) => place(a.emoji) - place(b.emoji) || (a.emoji < b.emoji ? -1 : 1))
  return new Map([...found].map(([commentId, ofComment]) => [commentId, inOrder(ofComment)]))
}
