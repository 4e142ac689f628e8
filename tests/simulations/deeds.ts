import * as Y from 'yjs'
import type { Command } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { compareOrder } from '#domain/core/order.ts'
import { chatRoom, projectRoom, type RoomName } from '#domain/core/rooms.ts'
import type { World } from '#domain/core/world.ts'
import { answerQuestion, setInterviewStatus, startInterview } from '#domain/interviews/commands.ts'
import { interviews, messages } from '#domain/interviews/schema.ts'
import { createPrompt, savePromptVersion } from '#domain/prompts/commands.ts'
import { prompts } from '#domain/prompts/schema.ts'
import {
  addColumn,
  createTasks,
  deleteTask,
  editColumn,
  editTask,
  moveTask,
  moveTaskByFact,
  removeColumn,
  setTaskStatus,
} from '#domain/tasks/commands.ts'
import { addComment } from '#domain/tasks/comment-commands.ts'
import { columns, PRIORITIES, TASK_STATUSES, tasks } from '#domain/tasks/schema.ts'

/** Whoever does something: a device of the swarm, or a tab of a simulated browser. */
export type Device = {
  world: World
  doc: (room: RoomName) => Y.Doc
  run: <I, T>(command: Command<I, T>, input: unknown) => unknown
}

export type Place = { projectId: string; interviewId: string }

/** Three numbers that say what exactly is done; which row, which column, which words. */
export type Choice = readonly [number, number, number]

const pick = <T>(from: readonly T[], number: number): T | undefined => from[number % Math.max(1, from.length)]
const WORDS = ['a', 'Zürich', '🙂', '漢字', '\ud83d', '\0', 'longer words', '{{var}}', '']
/** What an editor hands over: whole signs. Deleting may still cut one in two. */
const TYPED = ['a', 'Zürich ', '🙂', '漢字', 'longer words', '\n']
const GARBAGE: readonly (() => unknown)[] = [
  () => null,
  () => 'word',
  () => 12.5,
  () => Number.NaN,
  () => true,
  () => ['x', 1],
  () => ({ deep: [{ '\0': '\ud83d' }] }),
  () => new Uint8Array([1, 2]),
  () => new Y.Text('typed'),
  () => new Y.Map([['k', 'v']]),
]

/** What people, agents and strangers do to a project. A refusal is as good as a success: both leave a sound document. */
export const DEEDS: readonly ((device: Device, place: Place, choice: Choice) => void)[] = [
  createsCards,
  createsCards,
  movesCard,
  movesCard,
  editsCard,
  types,
  types,
  (device, place, [a]) => void device.run(deleteTask, { projectId: place.projectId, taskId: card(device, place, a) }),
  (device, place, [a, b]) => void device.run(setTaskStatus, { ...place, taskId: card(device, place, a), status: pick(TASK_STATUSES, b) }),
  (device, place, [a, b]) =>
    void device.run(moveTaskByFact, { ...place, taskId: card(device, place, a), status: pick(TASK_STATUSES, b), result: 'done' }),
  (device, place, [a]) =>
    void device.run(addColumn, { ...place, id: device.world.newId(), name: `Column ${a}`, status: pick(TASK_STATUSES, a) }),
  (device, place, [a, b]) =>
    void device.run(editColumn, { ...place, columnId: column(device, place, a), patch: { name: `Named ${b}`, wipLimit: b } }),
  (device, place, [a]) => void device.run(removeColumn, { ...place, columnId: column(device, place, a) }),
  (device, place, [a, b]) =>
    void device.run(addComment, { ...place, id: device.world.newId(), taskId: card(device, place, a), body: `says ${b}` }),
  (device, place) => void device.run(startInterview, { ...place, title: 'What is wanted' }),
  answers,
  (device, place, [a]) => void device.run(setInterviewStatus, { ...place, status: pick(['active', 'completed', 'cancelled'], a) }),
  (device, place, [a]) =>
    void device.run(createPrompt, {
      ...place,
      id: device.world.newId(),
      title: `Prompt ${a}`,
      type: 'feature',
      content: 'Build {{it}}',
      components: [],
    }),
  savesPrompt,
  writesGarbage,
]

const board = (device: Device, place: Place): RoomTx => new RoomTx(device.doc(projectRoom(place.projectId)), device.world)
const idsOf = (device: Device, place: Place, collection: typeof tasks | typeof columns): string[] =>
  [...board(device, place).doc.getMap(collection.name).keys()].sort()
const card = (device: Device, place: Place, number: number): string => pick(idsOf(device, place, tasks), number) ?? 'none'
const column = (device: Device, place: Place, number: number): string => pick(idsOf(device, place, columns), number) ?? 'none'

function createsCards(device: Device, place: Place, [a, b]: Choice): void {
  const given = Array.from({ length: 1 + (a % 3) }, (_, at) => ({
    id: device.world.newId(),
    title: `Card ${a}-${at}`,
    description: pick(WORDS, b) ?? '',
  }))
  device.run(createTasks, { ...place, key: 'APP', tasks: given, columnId: b % 2 ? column(device, place, b) : null })
}

function movesCard(device: Device, place: Place, [a, b, c]: Choice): void {
  const columnId = column(device, place, b)
  const there = board(device, place)
    .all(tasks)
    .filter((task) => task.columnId === columnId)
    .sort(compareOrder)
  const at = c % (there.length + 1)
  device.run(moveTask, {
    ...place,
    taskId: card(device, place, a),
    columnId,
    afterId: there[at - 1]?.id ?? null,
    beforeId: there[at]?.id ?? null,
  })
}

function editsCard(device: Device, place: Place, [a, b, c]: Choice): void {
  const patch = pick(
    [
      { title: `Title ${c}` },
      { priority: pick(PRIORITIES, c) },
      { labels: [`l${c}`] },
      { dueAt: c },
      { archived: c % 2 === 0 },
      { description: `All new ${c}` },
    ],
    b,
  )
  device.run(editTask, { ...place, taskId: card(device, place, a), patch })
}

function types(device: Device, place: Place, [a, b, c]: Choice): void {
  const id = card(device, place, a)
  const room = board(device, place)
  if (!room.get(tasks, id)) return
  const text = room.text(tasks, id, 'description')
  if (c % 4 === 0 && text.length > 0) text.delete(b % text.length, 1)
  else text.insert(b % (text.length + 1), pick(TYPED, c) ?? '')
}

function answers(device: Device, place: Place, [a, b]: Choice): void {
  const chat = new RoomTx(device.doc(chatRoom(place.interviewId)), device.world)
  const questions = chat
    .all(messages)
    .filter((message) => message.role === 'assistant')
    .sort(compareOrder)
  if (!board(device, place).get(interviews, place.interviewId)) return
  device.run(answerQuestion, {
    ...place,
    id: device.world.newId(),
    questionId: pick(questions, a)?.id ?? 'none',
    text: `Answer ${b}`,
    dontKnow: b % 5 === 0,
  })
}

function savesPrompt(device: Device, place: Place, [a, b]: Choice): void {
  const parent = pick(
    board(device, place)
      .all(prompts)
      .sort((one, two) => (one.id < two.id ? -1 : 1)),
    a,
  )
  if (parent)
    device.run(savePromptVersion, {
      ...place,
      id: device.world.newId(),
      parentId: parent.id,
      patch: { content: `Text ${b}`, components: b % 2 ? [parent.id] : [] },
    })
}

/** A client that keeps none of our rules: any value in any field, a field nobody declared, a row that is no row. */
function writesGarbage(device: Device, place: Place, [a, b, c]: Choice): void {
  const { doc } = board(device, place)
  const collection = pick([tasks, columns, prompts, interviews], b) ?? tasks
  const rows = doc.getMap<unknown>(collection.name)
  const value = pick(GARBAGE, c)?.()
  if (a % 7 === 0) return void rows.set(`odd${a}`, c % 3 ? value : new Y.Map([['title', value]]))
  const row = rows.get(pick([...rows.keys()].sort(), a) ?? '')
  const field = pick([...collection.fields.map(({ name }) => name), 'updatedAt', 'undeclared'], a + c) ?? 'undeclared'
  if (row instanceof Y.Map) row.set(field, value)
}
