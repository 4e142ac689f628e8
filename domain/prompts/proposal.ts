import { z } from 'zod'
import { criterion } from '#domain/interviews/criteria.ts'

/** A prompt somebody (a model, the built-in list) suggests; nothing is saved before a person accepts it. */
export const proposedPrompt = z.object({
  title: z.string().trim().min(1).max(255),
  type: z.string().max(50),
  content: z.string().min(1),
  sources: z.array(z.string()),
  /** What can be checked of it, with the answers that asked for it; each stands under "Done when" in the text. */
  criteria: z.array(criterion).default([]),
})
export type ProposedPrompt = z.output<typeof proposedPrompt>
