import type { Command } from '#domain/core/command.ts'
import { moveTaskByFact } from '#domain/tasks/commands.ts'

// The inputs differ from command to command; each checks its own with its schema before it runs.
// biome-ignore lint/suspicious/noExplicitAny: see above
type AnyCommand = Command<any, any>

const all: readonly AnyCommand[] = [moveTaskByFact]

/** The commands the server itself runs, by name: reactions to facts, and the writing of the record. */
export const serverCommands: Readonly<Record<string, AnyCommand>> = Object.fromEntries(all.map((command) => [command.name, command]))
