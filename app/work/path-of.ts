type Kind = 'project' | 'card' | 'prompt' | 'interview'

const PLACE: Readonly<Record<Exclude<Kind, 'project'>, string>> = { card: 'tasks', prompt: 'prompts', interview: 'interviews' }

/** The page of a project, or of something in it. */
export const pathOf = ({ kind, id, projectId }: { kind: Kind; id: string; projectId: string }): string =>
  kind === 'project' ? `/projects/${projectId}` : `/projects/${projectId}/${PLACE[kind]}/${id}`
