import { attemptRepos, attempts } from '#domain/attempts/schema.ts'
import { cardPlans, planRevisions } from '#domain/card-plans/schema.ts'
import { changeLooks, commits, events, merges, reviewNotes, viewedFiles } from '#domain/changes/schema.ts'
import type { Collection } from '#domain/core/collection.ts'
import type { RoomKind } from '#domain/core/rooms.ts'
import { answerEdits, contradictions, interviews, messages } from '#domain/interviews/schema.ts'
import { models, providers } from '#domain/models/schema.ts'
import { looks, mentionLooks } from '#domain/needs/schema.ts'
import { projectDemands, projectRepos, projects, repos } from '#domain/projects/schema.ts'
import { promptApprovals, prompts } from '#domain/prompts/schema.ts'
import { schedules } from '#domain/schedules/schema.ts'
import { cardMessages, processes, processRepoStates, queuedMessages, sessions, turns } from '#domain/sessions/schema.ts'
import { boardViews, columns, comments, reactions, rejectedProposals, suggestions, tasks } from '#domain/tasks/schema.ts'
import { choices, members, settings, tags } from '#domain/team/schema.ts'
import { createTable } from './tables.ts'

/** Every collection there is. Adding an entity to the product means declaring it and naming it here. */
// biome-ignore format: one line a room
export const collections: readonly Collection[] = [
  members, tags, settings, providers, models, projects, repos,
  projectRepos, interviews, answerEdits, contradictions, prompts, columns, tasks, suggestions, rejectedProposals, cardPlans, cardMessages, comments, reactions, boardViews, reviewNotes, changeLooks, viewedFiles, looks, mentionLooks,
  attempts, attemptRepos, sessions, turns, processes, processRepoStates, commits, merges, events,
  projectDemands, promptApprovals, schedules, planRevisions,
  messages, queuedMessages,
  choices,
]

/** The collections whose rows live in rooms of this kind. */
export function collectionsOf(kind: RoomKind): readonly Collection[] {
  return collections.filter(({ room, isPersonal }) => room === kind || (isPersonal && kind === 'person'))
}

/** The DDL of every projected table. */
export const createTables: string = collections.map(createTable).join('\n')

/** Changes when the rows that documents yield change though the tables do not. */
const PROJECTION = 2

/** Names the shape of the projected tables; a store of another version is dropped and rebuilt from the documents. */
export const projectionVersion: string = fnv1a(`${PROJECTION}\n${createTables}`)

/** FNV-1a, 32 bit, in hex: a name, not a seal. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
