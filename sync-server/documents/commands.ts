import { describeAttempt, moveAttempt, recordAttempt } from '#domain/attempts/commands.ts'
import { settleShortIds } from '#domain/attempts/settle-short-ids.ts'
import { copyPlan, recordRevision } from '#domain/card-plans/commands.ts'
import { moveCardByFact, recordCommit, recordEvent, recordMerge } from '#domain/changes/commands.ts'
import type { Command } from '#domain/core/command.ts'
import { askByModel, closeMessages, growMessage, growQuestion, noteSpent, sayToAgent } from '#domain/interviews/agent-messages.ts'
import { hideModel, showModel } from '#domain/models/commands.ts'
import { adoptProject } from '#domain/projects/adopt.ts'
import { recordDemands } from '#domain/projects/demands.ts'
import { linkRepo, noteHead } from '#domain/projects/links.ts'
import { forgetProject, removeProject, restoreProject } from '#domain/projects/removal.ts'
import { recordApproval } from '#domain/prompts/approval.ts'
import { advanceSchedule, endSchedule, recordSchedule } from '#domain/schedules/commands.ts'
import {
  addUsage,
  endProcess,
  endSession,
  holdQueue,
  moveTurn,
  noteContext,
  recordProcess,
  recordSession,
  recordTurn,
  stopProcesses,
} from '#domain/sessions/commands.ts'
import { queueMessage, takeQueued } from '#domain/sessions/queue-commands.ts'
import { copyTask } from '#domain/tasks/copy-task.ts'
import { titleCard } from '#domain/tasks/title-card.ts'
import { showMember } from '#domain/team/commands.ts'
import { showSettings } from '#domain/team/settings.ts'
import { showTeamName } from '#domain/team/team-name.ts'

// The inputs differ from command to command; each checks its own with its schema before it runs.
// biome-ignore lint/suspicious/noExplicitAny: see above
type AnyCommand = Command<any, any>

// biome-ignore format: one concept a line
const all: readonly AnyCommand[] = [
  showMember, showSettings, showTeamName, showModel, hideModel, linkRepo, noteHead, adoptProject, moveCardByFact,
  removeProject, restoreProject, forgetProject,
  growMessage, noteSpent, closeMessages, sayToAgent, growQuestion, askByModel,
  recordAttempt, moveAttempt, describeAttempt, settleShortIds,
  recordSchedule, advanceSchedule, endSchedule, copyTask, titleCard,
  queueMessage, takeQueued, holdQueue,
  recordSession, endSession, recordTurn, moveTurn, addUsage, noteContext, recordProcess, endProcess, stopProcesses,
  recordCommit, recordMerge, recordEvent,
  recordDemands, recordApproval, recordRevision, copyPlan,
]

/** The commands the server itself runs, by name: reactions to facts, and the writing of the record. */
export const serverCommands: Readonly<Record<string, AnyCommand>> = Object.fromEntries(all.map((command) => [command.name, command]))
