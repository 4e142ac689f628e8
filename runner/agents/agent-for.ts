import type { AgentSpec } from '#domain/sessions/protocol.ts'
import type { Agent } from './agent.ts'
import { builtin } from './builtin.ts'
import type { ModelDeadlines } from './model-call.ts'
import { openAiAgent } from './openai.ts'

/** The agent a claim names. */
export function agentFor(spec: AgentSpec, world: { deadlines: ModelDeadlines; now: () => number }): Agent {
  switch (spec.kind) {
    case 'builtin':
      return builtin
    case 'openai':
      return openAiAgent(spec, world)
  }
}
