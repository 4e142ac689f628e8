import type { WhatGoes } from '#domain/changes/what-goes.ts'

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** What goes with a project, a line each, in the order in which it came to be. */
export function sayWhatGoes(goes: WhatGoes): string[] {
  return [
    counted(goes.interviews, 'interview'),
    `${counted(goes.prompts, 'prompt')}${goes.prompts > 0 ? ' with all versions' : ''}`,
    `${counted(goes.tasks, 'card')}${goes.archivedTasks > 0 ? `, ${goes.archivedTasks} of them archived` : ''}`,
    `${counted(goes.attempts, 'attempt')}${goes.underWay > 0 ? `, ${goes.underWay} under way: ${goes.underWay === 1 ? 'it is' : 'they are'} stopped` : ''}`,
    `the record of ${counted(goes.commits, 'commit')}`,
  ]
}
