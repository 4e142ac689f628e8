import { criteriaOf, type Requirement } from '#domain/interviews/criteria.ts'
import { requirementsSheet } from '#domain/interviews/requirements.ts'
import { saysNothing } from '#domain/interviews/says-nothing.ts'
import type { ProposedPrompt } from './proposal.ts'

/**
 * PROMPT-3: what the built-in agent proposes from an interview: one prompt that says what is wanted and why (the context
 * every other prompt can be composed with), and one for building it. No model is asked; the same answers give the same text.
 */
export function derivePrompts(title: string, requirements: readonly Requirement[]): ProposedPrompt[] {
  const sources = requirements.flatMap((requirement) => requirement.statements.map((statement) => statement.messageId))
  const criteria = criteriaOf(requirements)
  const screens = said(requirements, 'screens')
  const rules = said(requirements, 'rules')
  const build = [
    `# Build: ${title}`,
    'Build what the requirements above ask for. Work in small steps, keep what exists working, and say what you assumed.',
    screens.length ? `## What people see\n\n${list(screens)}` : '',
    rules.length ? `## What must always hold\n\n${list(rules)}` : '',
    `## Done when\n\n${list(criteria.length ? criteria.map(({ text }) => text) : ['Every requirement above can be shown to hold.'])}`,
  ]
  return [
    { title: `${title}: requirements`, type: 'context', content: requirementsSheet(title, requirements), sources, criteria },
    { title: `${title}: build`, type: 'feature', content: `${build.filter(Boolean).join('\n\n')}\n`, sources, criteria },
  ]
}

const said = (requirements: readonly Requirement[], topic: Requirement['topic']): string[] =>
  requirements.find((requirement) => requirement.topic === topic)?.statements.flatMap(({ text }) => (saysNothing(text) ? [] : [text])) ?? []

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line.replaceAll('\n', ' ')}`).join('\n')
