import { useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { v7 as uuid } from 'uuid'
import {
  bringBack,
  ReplicaProvider,
  readUnsent,
  useNotices,
  useOutbox,
  usePresence,
  useQuery,
  useRoom,
  useSession,
  useSyncState,
  useUnsaved,
} from '#app/replica/react.tsx'
import type { Team } from '#app/replica/shown.ts'
import { openBrowser } from '#app/replica/tab/browser.ts'
import type { Command } from '#domain/core/command.ts'
import { compareOrder } from '#domain/core/order.ts'
import { listRows } from '#domain/core/query.ts'
import type { Answer } from '#domain/core/refusal.ts'
import { projectRoom, teamRoom } from '#domain/core/rooms.ts'
import { readUnsentFile, writeUnsentFile } from '#domain/core/unsent-file.ts'
import { interviews, messages } from '#domain/interviews/schema.ts'
import { projects } from '#domain/projects/schema.ts'
import { createTasks, editTask, moveTask } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { columns, tasks } from '#domain/tasks/schema.ts'

const commands = { createProject, createTasks, editTask, moveTask }
const SHOWN = 40

/** What a test may do in the page; everything else it reads from the screen. */
const levers = {
  uuid,
  projectRoom,
  notices: [] as string[],
  async run(name: keyof typeof commands, input: unknown): Promise<Answer<unknown>> {
    const replica = await started()
    return replica.run(commands[name] as Command<unknown, unknown>, input)
  },
  async type(projectId: string, taskId: string, text: string): Promise<void> {
    const { room, leave } = await (await started()).rooms.loaded(projectRoom(projectId))
    const description = (room.doc.getMap('tasks').get(taskId) as { get(name: string): { insert(at: number, text: string): void } }).get(
      'description',
    )
    room.doc.transact(() => description.insert(0, text), 'editor')
    leave()
  },
  async call(procedure: string, input: unknown, rooms: string[]): Promise<Answer<unknown>> {
    return (await started()).consequences.call(procedure, input, rooms)
  },
  async sql(sql: string): Promise<unknown> {
    const replica = await started()
    const query = { kind: 'sql' as const, key: `${sql} ${uuid()}`, reads: [], sql, parameters: [] }
    const live = replica.queries.watch(query)
    return new Promise((resolve) => {
      const stop = live.subscribe(() => {
        resolve(live.get())
        setTimeout(stop)
      })
    })
  },
  undo: async () => {
    ;(await started()).steps.undo()
  },
  saveUnsent: async (): Promise<string> => writeUnsentFile({ team: teamOfPage(), by: 'Ada', savedAt: '', changes: await readUnsent() }),
  bringBack: async (file: string): Promise<Answer<unknown>> => {
    const read = readUnsentFile(file, teamOfPage().id)
    return read.ok ? bringBack(read.value.changes) : read
  },
  show: (_projectId: string): void => undefined,
  browser: openBrowser,
}
Object.assign(window, { levers })

const teamOfPage = (): Team => openBrowser().session.view.get().team ?? { id: '', name: '' }

async function started() {
  const { replica } = openBrowser()
  for (;;) {
    const found = replica.get()
    if (found) return found
    await new Promise((resolve) => replica.subscribe(() => resolve(null)))
  }
}

function Board({ projectId }: { projectId: string }) {
  const room = projectRoom(projectId)
  const { ready, status, canWrite } = useRoom(room)
  const query = useMemo(
    () => listRows(tasks, ['title', 'columnId', 'order', 'status'], { room: projectRoom(projectId), archived: false }),
    [projectId],
  )
  const found = useQuery(query)
  const lanes = useQuery(useMemo(() => listRows(columns, ['name', 'order', 'status'], { room: projectRoom(projectId) }), [projectId]))
  const people = usePresence(room)
  const unsaved = useUnsaved()
  const byColumn = useMemo(() => {
    const map = new Map<string, typeof found & object>()
    for (const task of found ?? []) map.set(task.columnId, [...(map.get(task.columnId)?.length ? (map.get(task.columnId) ?? []) : [])])
    for (const task of found ?? []) map.get(task.columnId)?.push(task)
    for (const list of map.values()) list.sort(compareOrder)
    return map
  }, [found])
  const sorted = [...(lanes ?? [])].sort(compareOrder)
  return (
    <section>
      <p data-room>{`${ready ? 'ready' : 'loading'} ${status} ${canWrite ? 'write' : 'read'}`}</p>
      <p data-count>{found ? found.length : 'loading'}</p>
      <p data-people>{people.map((person) => person.name).join(',')}</p>
      <p data-unsaved>{unsaved.size}</p>
      {sorted.map((lane) => (
        <ul key={lane.id} data-lane={lane.name} data-id={lane.id}>
          {(byColumn.get(lane.id) ?? []).slice(0, SHOWN).map((task) => (
            <li key={task.id} data-task={task.id}>
              {task.title}
            </li>
          ))}
        </ul>
      ))}
    </section>
  )
}

function Page() {
  const [projectId, setProjectId] = useState(() => new URLSearchParams(location.search).get('project'))
  levers.show = setProjectId
  const session = useSession()
  const sync = useSyncState()
  const outbox = useOutbox()
  const team = useRoom(teamRoom)
  const found = useQuery(useMemo(() => listRows(projects, ['name'], {}), []))
  useQuery(useMemo(() => listRows(interviews, ['title'], {}), []))
  useQuery(useMemo(() => listRows(messages, ['role'], {}), []))
  useNotices((sentence) => levers.notices.push(sentence))
  return (
    <main>
      <p data-session>{`${session.status} ${session.member?.username ?? ''}`}</p>
      <p data-sync>{sync.state}</p>
      <p data-connection>{sync.connection}</p>
      <p data-waiting>{sync.waiting}</p>
      <p data-sentence>{sync.sentence}</p>
      <p data-trouble>{sync.trouble}</p>
      <p data-device>{sync.device?.sentence}</p>
      <p data-team>{team.ready ? 'ready' : 'loading'}</p>
      <p data-projects>{found ? found.map((project) => project.name).join(',') || 'none' : 'loading'}</p>
      <p data-outbox>{outbox.map((item) => `${item.procedure}:${item.state}:${item.message}`).join(',')}</p>
      {projectId && <Board projectId={projectId} />}
    </main>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <ReplicaProvider>
      <Page />
    </ReplicaProvider>,
  )
}
