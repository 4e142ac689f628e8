import { versionName } from '#domain/prompts/rules.ts'
import type { Prompt } from '#domain/prompts/schema.ts'

/** sha256 of no text at all: what is kept of an attempt at a card that had neither a prompt nor an approved plan. */
const OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

type Turn = { id: string; prompt: string; createdAt: number }

/** TOLD-1: the text an attempt started from, as it was kept; null where it started from its card alone, undefined where it is not known. */
export function toldAtStart(snapshot: string | null, turns: readonly Turn[]): string | null | undefined {
  if (snapshot === OF_NOTHING) return null
  const [first] = [...turns].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  return first?.prompt
}

/** TOLD-2: what became of the prompt since, in a sentence; `isNow` says whether an attempt at the card would start from the same version today. */
export function saySince(
  from: Pick<Prompt, 'title' | 'version'> | undefined,
  newest: readonly Pick<Prompt, 'title' | 'version'>[],
  now: Pick<Prompt, 'title' | 'version'> | null,
  isNow: boolean,
): string {
  const newer =
    newest.length > 0 ? `There is a newer version since: ${newest.map(versionName).join(' and ')}.` : 'The prompt has no newer version.'
  const card = now ? `The card starts from ${versionName(now)} now.` : 'The card has no prompt any more.'
  return [from ? newer : 'That version is gone since.', isNow ? '' : card].filter(Boolean).join(' ')
}
