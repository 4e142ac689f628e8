import { z } from 'zod'

/** A prompt somebody (a model, the built-in list) suggests; nothing is saved before a person accepts it. */
export const proposedPrompt = z.object({
  title: z.string().trim().min(1).max(255),
  type: z.string().max(50),
  content: z.string().min(1),
  sources: z.array(z.string()),
})
export type ProposedPrompt = z.output<typeof proposedPrompt>
