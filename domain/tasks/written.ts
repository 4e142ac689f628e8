import type { Task } from './schema.ts'

/** As long as a title that nobody typed may be. */
export const MOST_IN_TITLE = 60

/** What somebody wrote to make a card, as its fields. `isUntitled`: they gave it no title, so it has one out of their words until a better one comes. */
export type Written = Pick<Task, 'title' | 'description' | 'userRequest' | 'isUntitled' | 'origin' | 'originLink'>

const plain = { description: '', userRequest: null, isUntitled: false, origin: 'standalone', originLink: null } as const

/**
 * TASK-15: one line is a title. Of several lines the first is one where it is short enough, as in a commit; else all of it is the description, and what was asked,
 * word for word. A link to an issue, or to a comment of a review, is where the card came from.
 */
export function readWritten(given: string): Written {
  const text = given.trim()
  const { origin, link, name } = originIn(text)
  const from = { ...plain, origin, originLink: link }
  const [first = '', ...rest] = text.split('\n')
  if (rest.length === 0) return { ...from, title: link === null ? text : text.replace(link, ' ').replace(/\s+/g, ' ').trim() || name }
  const body = rest.join('\n').trim()
  if (first.trim() !== '' && first.trim() !== link && first.trim().length <= MOST_IN_TITLE)
    return { ...from, title: first.trim(), description: body, userRequest: text }
  return { ...from, title: shortTitle(text), description: text, userRequest: text, isUntitled: true }
}

/** The beginning of some words as a title of at most sixty characters: whole words, one line, no marks of markdown before them. */
export function shortTitle(words: string): string {
  const line = words
    .replace(/^[\s#>*`"'“-]+/, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= MOST_IN_TITLE) return line
  const cut = line.slice(0, MOST_IN_TITLE)
  const end = cut.lastIndexOf(' ')
  return `${(end > MOST_IN_TITLE / 2 ? cut.slice(0, end) : cut.slice(0, MOST_IN_TITLE - 1)).replace(/[\s,;:.–-]+$/, '')}…`
}

/** `https://host/owner/repository/issues/12` and what other forges make of it; behind a pull request's number the comment that is meant. */
const ISSUE = /https?:\/\/[^\s/]+\/(\S+?)\/(?:-\/)?(issues|pull|pulls|merge_requests)\/(\d+)(#\S*)?/

function originIn(text: string): { origin: Task['origin']; link: string | null; name: string } {
  const found = ISSUE.exec(text)
  if (!found) return { origin: 'standalone', link: null, name: '' }
  const [link, repository, kind, number, anchor = ''] = found
  const isComment = kind !== 'issues' && /comment|note|discussion/.test(anchor)
  if (kind !== 'issues' && !isComment) return { origin: 'standalone', link: null, name: '' }
  return { origin: isComment ? 'review_comment' : 'issue', link, name: `${repository?.split('/').at(-1)} #${number}` }
}
