import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { moveTaskByFact } from '#domain/tasks/commands.ts'
import { readCommitMessage } from './rules.ts'
import { commits, events, merges } from './schema.ts'

// The record: run by the server alone.
const inRecord = { projectId: z.uuid() }
const room = (input: { projectId: string }): string[] => [recordRoom(input.projectId)]
const { taskId, attemptId, turnId, sha, message, changes, createdByAiModel, author, coAuthors, timestamp } = commits.schema.shape

/** Writes down a commit of an attempt; told twice it stands there once. What the message says of type and scope is read out of it. */
export const recordCommit = defineCommand({
  name: 'recordCommit',
  input: z.object({ ...inRecord, taskId, attemptId, turnId, sha, message, changes, createdByAiModel, author, coAuthors, timestamp }),
  rooms: room,
  run(tx, given) {
    const read = readCommitMessage(given.message)
    const id = derivedId(given.attemptId, given.sha)
    const said = read ? { type: read.type, scope: read.scope, breaking: read.breaking } : { type: 'chore' as const }
    tx.room(recordRoom(given.projectId)).create(commits, { id, ...given, ...said })
    return accept(id)
  },
})

/** Writes down that an attempt's branch was merged. */
export const recordMerge = defineCommand({
  name: 'recordMerge',
  input: z.object({
    ...inRecord,
    mergeId: z.string(),
    attemptId: z.string(),
    repoId: z.string(),
    targetBranchName: z.string(),
    mergeCommit: z.string(),
  }),
  rooms: room,
  run(tx, { projectId, mergeId, mergeCommit, ...fields }) {
    tx.room(recordRoom(projectId)).create(merges, {
      id: mergeId,
      ...fields,
      kind: 'direct',
      mergeCommit,
      mergeCommitSha: mergeCommit,
      status: 'merged',
      mergedAt: tx.now,
    })
    return accept(mergeId)
  },
})

/** Adds a line to a card's timeline: who did what, to what, and why. */
export const recordEvent = defineCommand({
  name: 'recordEvent',
  input: z.object({ ...inRecord, taskId: z.string(), action: z.string(), target: z.string().default(''), message: z.string().default('') }),
  rooms: room,
  run(tx, { projectId, ...fields }) {
    return accept(tx.room(recordRoom(projectId)).create(events, { ...fields, actor: tx.actor, at: tx.now }))
  },
})

/** CHANGE-6: a card moved by a fact, with the line of its timeline that says who, what and why; where it does not move, no line. Answers whether it moved. */
export const moveCardByFact = defineCommand({
  name: 'moveCardByFact',
  input: moveTaskByFact.input.and(z.object({ why: z.string() })),
  rooms: ({ projectId }) => [projectRoom(projectId), recordRoom(projectId)],
  run(tx, { why, ...given }) {
    const moved = moveTaskByFact.run(tx, given)
    if (moved.ok && moved.value) {
      const fact = {
        taskId: given.taskId,
        actor: tx.actor,
        action: 'card.moved',
        target: given.status,
        message: `Moved because ${why}.`,
        at: tx.now,
      }
      tx.room(recordRoom(given.projectId)).create(events, fact)
    }
    return moved
  },
})
