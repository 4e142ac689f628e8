import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { listRows } from '#domain/core/query.ts'
import { accept, type Refusal, refuse } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { createTasks } from './commands.ts'
import { forgetRejected, rememberRejected, sameProposal } from './rejected.ts'
import { checklistItem, suggestions, tasks, taskTitle } from './schema.ts'

const inProject = { projectId: z.uuid() }
const room = ({ projectId }: { projectId: string }): string[] => [projectRoom(projectId)]

/** The same suggestion of the same prompt has the same id on every device, whoever makes it and however often. */
const idOf = (familyId: string, title: string): string => derivedId(familyId, `suggested ${sameProposal(title)}`)

/**
 * TASK-21: puts proposed cards on the board as suggestions; `dependsOn` are positions in the list. What stands there already, as a suggestion or as the card it
 * became, is not put there again. Answers how many are new.
 */
export const suggestCards = defineCommand({
  name: 'suggestCards',
  input: z.object({
    ...inProject,
    familyId: z.string(),
    promptId: z.uuid(),
    suggestedBy: z.string(),
    cards: z
      .array(
        z.object({
          title: taskTitle,
          description: z.string(),
          size: z.enum(['S', 'M', 'L']),
          checklist: z.array(checklistItem),
          dependsOn: z.array(z.number().int().nonnegative()),
        }),
      )
      .min(1)
      .max(100),
  }),
  rooms: room,
  run(tx, { projectId, familyId, promptId, suggestedBy, cards }) {
    const board = tx.room(projectRoom(projectId))
    const ids = cards.map(({ title }) => idOf(familyId, title))
    let made = 0
    for (const [place, { dependsOn, ...card }] of cards.entries()) {
      const id = ids[place] ?? ''
      if (board.get(suggestions, id) || board.get(tasks, id)) continue
      const waitsFor = dependsOn.flatMap((at) => ids[at] ?? []).filter((other) => other !== id)
      board.create(suggestions, { ...card, id, familyId, promptId, suggestedBy, place, dependsOn: waitsFor })
      made++
    }
    return accept(made)
  },
})

const someOf = z.object({ ...inProject, ids: z.array(z.string()).min(1).max(1000) })

/** TASK-21: makes cards of suggestions, with their ids: who accepts one at the same time as somebody else makes the same card. Answers their ids. */
export const acceptSuggestions = defineCommand({
  name: 'acceptSuggestions',
  input: someOf.extend({ key: z.string().default('APP') }),
  rooms: room,
  run(tx, { projectId, key, ids }) {
    const board = tx.room(projectRoom(projectId))
    const chosen = inOrder(ids.flatMap((id) => board.get(suggestions, id) ?? []))
    if (chosen.length === 0) return decided()
    const made = createTasks.run(tx, {
      projectId,
      key,
      columnId: null,
      tasks: chosen
        .filter(({ id }) => !board.get(tasks, id))
        .map(({ id, title, description, promptId, size, checklist, dependsOn, suggestedBy }) => ({
          ...{ id, title, description, promptId, size, checklist, dependsOn, suggestedBy },
          ...{ userRequest: null, isUntitled: false, origin: 'standalone' as const, originLink: null },
        })),
    })
    if (!made.ok) return made
    for (const { id, familyId, title } of chosen) {
      forgetRejected(board, familyId, title)
      board.remove(suggestions, id)
    }
    return made
  },
})

/** TASK-21: takes suggestions off the board; their prompt is not asked for them again. */
export const rejectSuggestions = defineCommand({
  name: 'rejectSuggestions',
  input: someOf,
  rooms: room,
  run(tx, { projectId, ids }) {
    const board = tx.room(projectRoom(projectId))
    const chosen = ids.flatMap((id) => board.get(suggestions, id) ?? [])
    if (chosen.length === 0) return decided()
    for (const { id, familyId, title } of chosen) {
      rememberRejected(board, familyId, title)
      board.remove(suggestions, id)
    }
    return accept(chosen.length)
  },
})

const decided = (): Refusal => refuse('suggestion-decided', 'Somebody has decided about that meanwhile.')

/** As they were proposed: the earliest first. */
export const inOrder = <S extends { createdAt: number; place: number; id: string }>(rows: readonly S[]): S[] =>
  [...rows].sort((a, b) => a.createdAt - b.createdAt || a.place - b.place || (a.id < b.id ? -1 : 1))

/** What is suggested on a board; sort it with `inOrder`. */
export const suggestionsOf = (projectId: string) =>
  listRows(suggestions, ['title', 'description', 'size', 'checklist', 'dependsOn', 'promptId', 'suggestedBy', 'place', 'createdAt'], {
    room: projectRoom(projectId),
  })
