import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'
import { pastChanges } from '#domain/core/history.ts'
import { lostValues } from '#domain/core/lost-values.ts'

export const TASK_STATUSES = ['backlog', 'todo', 'in_progress', 'review', 'done', 'cancelled'] as const
export type TaskStatus = (typeof TASK_STATUSES)[number]

export const PRIORITIES = ['none', 'low', 'medium', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

export const taskTitle = z.string().trim().min(1, 'A card needs a title.').max(255, 'A title can have at most 255 characters.')

export const label = z.string().trim().min(1).max(50, 'A label can have at most 50 characters.')

export const columns = defineCollection({
  name: 'columns',
  room: 'project',
  schema: z.object({
    projectId: z.string(),
    name: z.string().trim().min(1, 'A column needs a name.').max(50, 'A column name can have at most 50 characters.'),
    status: z.enum(TASK_STATUSES),
    order: z.string(),
    wipLimit: z.number().int().positive().nullable().default(null),
    lost: lostValues,
  }),
  contested: ['name', 'wipLimit'],
  indexes: [['projectId']],
})
export type Column = RowOf<typeof columns>

/** Loose: what a newer version adds to an item goes through an edit of the list. */
export const checklistItem = z.looseObject({
  id: z.string(),
  text: z.string(),
  done: z.boolean(),
  /** Ids of the interview's answers it came from. */
  sources: z.array(z.string()).optional(),
})

export const tasks = defineCollection({
  name: 'tasks',
  room: 'project',
  schema: z.object({
    projectId: z.string(),
    promptId: z.string().nullable().default(null),
    title: taskTitle,
    /** Nobody gave it a title yet: what stands there is the beginning of its words. */
    isUntitled: z.boolean().default(false),
    description: z.string().default(''),
    status: z.enum(TASK_STATUSES),
    /** When its status changed last and by whom; null: not since it was made, or by a version that did not say. */
    statusAt: z.number().nullable().default(null),
    statusBy: z.string().nullable().default(null),
    columnId: z.string(),
    order: z.string(),
    archived: z.boolean().default(false),
    parentAttemptId: z.string().nullable().default(null),
    dependsOn: z.array(z.string()).default([]),
    shortId: z.string().default(''),
    priority: z.enum(PRIORITIES).default('none'),
    assignee: z.string().nullable().default(null),
    labels: z.array(z.string()).default([]),
    dueAt: z.number().nullable().default(null),
    scheduledAt: z.number().nullable().default(null),
    checklist: z.array(checklistItem).default([]),
    origin: z.enum(['standalone', 'issue', 'review_comment', 'channel']).default('standalone'),
    originLink: z.string().nullable().default(null),
    userRequest: z.string().nullable().default(null),
    result: z.string().nullable().default(null),
    images: z.array(z.string()).default([]),
    suggested: z.enum(['no', 'suggested', 'accepted', 'rejected']).default('no'),
    /** Who suggested it, where that was no person: a model's id, or the built-in list's. */
    suggestedBy: z.string().nullable().default(null),
    size: z.enum(['S', 'M', 'L']).nullable().default(null),
    lost: lostValues,
    history: pastChanges,
  }),
  longText: ['description'],
  contested: ['title', 'columnId', 'priority', 'assignee', 'labels', 'dueAt', 'checklist', 'dependsOn', 'promptId'],
  remembered: [
    'title', 'description', 'status', 'columnId', 'archived', 'priority', 'assignee', 'labels', 'dueAt', 'checklist', 'dependsOn', 'promptId', 'size', 'parentAttemptId', 'shortId',
  ], // biome-ignore format: a list
  indexes: [['projectId'], ['promptId'], ['status'], ['columnId', 'order'], ['shortId'], ['dependsOn'], ['parentAttemptId']],
})
export type Task = RowOf<typeof tasks>

/**
 * A card that somebody who is no person would like to see made. It is no card: nothing counts it, starts it, waits for it or finds it,
 * until a person accepts it. Then a card has its id. See docs/decisions/2026-11-27-a-suggestion-is-no-card.md.
 */
export const suggestions = defineCollection({
  name: 'suggestions',
  room: 'project',
  schema: z.object({
    familyId: z.string(),
    promptId: z.uuid(),
    title: taskTitle,
    description: z.string().default(''),
    size: z.enum(['S', 'M', 'L']).nullable().default(null),
    checklist: z.array(checklistItem).default([]),
    /** Ids of other suggestions, or of what became of them. */
    dependsOn: z.array(z.string()).default([]),
    /** A model's id, or the built-in list's. */
    suggestedBy: z.string(),
    /** Its place among the others: suggestions of one moment stay in their order. */
    place: z.number().int().nonnegative().default(0),
  }),
  indexes: [],
})
export type Suggestion = RowOf<typeof suggestions>

/** A card that was proposed from some version of a prompt and that somebody took out: it is not proposed again. */
export const rejectedProposals = defineCollection({
  name: 'rejectedProposals',
  room: 'project',
  schema: z.object({ familyId: z.string(), title: z.string() }),
  indexes: [['familyId']],
})

/** Why a card is done though not all of its “Done when” is ticked. */
export const doneDespite = z
  .string()
  .trim()
  .min(1, 'Say why it is done all the same.')
  .max(1000, 'A reason can have at most 1,000 characters.')

export const comments = defineCollection({
  name: 'comments',
  room: 'project',
  schema: z.object({
    taskId: z.string(),
    author: z.string(),
    body: z.string().trim().min(1, 'A comment needs words.'),
    /** The members whose @name stands in the words. */
    mentions: z.array(z.string()).default([]),
    /** When its author wrote other words; null: never. */
    editedAt: z.number().nullable().default(null),
    /** Read by nobody: see `reactions`. */
    reactions: z.record(z.string(), z.array(z.string())).default({}),
  }),
  indexes: [['taskId'], ['mentions']],
})
export type Comment = RowOf<typeof comments>

/** That somebody reacted to a comment: a row a person and emoji, so that two who do at once both count. */
export const reactions = defineCollection({
  name: 'reactions',
  room: 'project',
  schema: z.object({
    taskId: z.string(),
    commentId: z.string(),
    memberId: z.string(),
    emoji: z.string().min(1).max(16),
  }),
  indexes: [['taskId']],
})
export type Reaction = RowOf<typeof reactions>

/** A filter of a board that somebody keeps under a name. It is that person's: others' browsers hold it, nobody else is shown it. */
export const boardViews = defineCollection({
  name: 'boardViews',
  room: 'project',
  isPersonal: true,
  schema: z.object({
    memberId: z.string(),
    /** Of which board it is; that of the room it stands in where there is none. */
    projectId: z.string().default(''),
    name: z.string().trim().min(1, 'A view needs a name.').max(50, 'The name of a view can have at most 50 characters.'),
    /** What stands behind the question mark of the board's address. */
    query: z.string().max(2000, 'That is more than a view can hold. Filter by fewer things.'),
  }),
  indexes: [['memberId']],
})
export type BoardView = RowOf<typeof boardViews>
