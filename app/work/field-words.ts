/** What people call the fields they set. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  title: 'title',
  name: 'name',
  description: 'description',
  priority: 'priority',
  assignee: 'assignee',
  labels: 'labels',
  dueAt: 'due date',
  checklist: 'checklist',
  dependsOn: 'blockers',
  columnId: 'column',
  status: 'status',
  wipLimit: 'limit',
  label: 'state',
  model: 'model',
  promptId: 'prompt',
  archived: 'place in the archive',
  size: 'size',
  parentAttemptId: 'card it is a part of',
}

/** What people call the kinds of rows. */
export const COLLECTION_WORDS: Readonly<Record<string, { one: string; many: string }>> = {
  tasks: { one: 'a card', many: 'cards' },
  suggestions: { one: 'a suggestion', many: 'suggestions' },
  cardPlans: { one: 'a plan', many: 'plans' },
  columns: { one: 'a column', many: 'columns' },
  comments: { one: 'a comment', many: 'comments' },
  reactions: { one: 'a reaction', many: 'reactions' },
  reviewNotes: { one: 'a note', many: 'notes' },
  cardMessages: { one: 'a message to the agent', many: 'messages to the agent' },
  prompts: { one: 'a prompt', many: 'prompts' },
  interviews: { one: 'an interview', many: 'interviews' },
  projects: { one: 'a project', many: 'projects' },
}
