import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { RoomTx } from '#domain/core/document.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { answerQuestion, startInterview } from '#domain/interviews/commands.ts'
import { openQuestion } from '#domain/interviews/rules.ts'
import { messages } from '#domain/interviews/schema.ts'
import { linkRepo } from '#domain/projects/links.ts'
import { projectRepos } from '#domain/projects/schema.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { addComment, react } from '#domain/tasks/comment-commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { columns, reactions, suggestions } from '#domain/tasks/schema.ts'
import { suggestCards } from '#domain/tasks/suggestions.ts'
import { Device, seededDice } from './seeded-world.ts'

const TRIALS = process.env.LONG_TESTS ? 1_000 : 150
const SEED = Number(process.env.SEED ?? 15)

function exchange(devices: readonly Device[]): void {
  const rooms = new Set(devices.flatMap(({ docs }) => [...docs.keys()]))
  for (const room of rooms)
    for (const from of devices) for (const to of devices) Y.applyUpdate(to.doc(room), Y.encodeStateAsUpdate(from.doc(room)))
}

test(`S15 ${TRIALS} times devices put the same first things into a project without knowing of each other: each is there once, and none of its words twice`, () => {
  for (let seed = SEED; seed < SEED + TRIALS; seed++) {
    const dice = seededDice(seed)
    // Ada on two devices of hers, and Bob; and the server, which links the repository.
    const devices = ['ada', 'ada', 'bob'].map((actor, at) => new Device(seed * 10 + at, actor))
    const [first, , , server] = [...devices, new Device(seed * 10 + 9, 'server')] as const
    if (!first || !server) return expect.unreachable()
    const all = [...devices, server]
    const [projectId = '', interviewId = '', commentId = '', taskId = ''] = Array.from({ length: 4 }, () => first.world.newId())
    first.must(createProject, { id: projectId, name: 'Shop' })
    first.must(startInterview, { projectId, interviewId, title: 'What is wanted' })
    first.must(createTasks, { projectId, tasks: [{ id: taskId, title: 'Look' }] })
    first.must(addComment, { projectId, id: commentId, taskId, body: 'look' })
    exchange(all)
    const cards = ['Pay by card', 'Keep accounts'].map((title) => ({
      title,
      description: `Words of ${title}`,
      size: 'S',
      checklist: [],
      dependsOn: [],
    }))
    const info = { path: '/repo', remoteUrl: null, defaultBranch: 'main', headCommit: null }
    const deeds: ((device: Device) => void)[] = [
      (device) => void device.run(suggestCards, { projectId, familyId: 'f', promptId: interviewId, suggestedBy: 'builtin', cards }),
      (device) => void device.run(react, { projectId, commentId, emoji: '👍', isOn: true }),
      (device) => {
        const chat = new RoomTx(device.doc(chatRoom(interviewId)), device.world).all(messages)
        device.run(answerQuestion, {
          projectId,
          interviewId,
          id: device.world.newId(),
          questionId: openQuestion(chat)?.id,
          text: 'Faster',
          dontKnow: false,
        })
      },
    ]
    for (const device of devices) for (const deed of deeds.toSorted(() => dice() - 0.5)) if (dice() < 0.8 || device === first) deed(device)
    for (const one of [server, first]) one.run(linkRepo, { projectId, repoId: 'r', name: 'repo', info })
    exchange(all)

    const say = `SEED=${seed}`
    const board = new RoomTx(server.doc(projectRoom(projectId)), server.world)
    const asked = new RoomTx(server.doc(chatRoom(interviewId)), server.world).all(messages).filter(({ role }) => role === 'assistant')
    expect(asked.length, say).toBe(2)
    expect(new Set(asked.map(({ content }) => content)).size, say).toBe(2)
    const suggested = board.all(suggestions).map(({ title, description }) => `${title}: ${description}`)
    expect(suggested.sort(), say).toEqual(['Keep accounts: Words of Keep accounts', 'Pay by card: Words of Pay by card'])
    const reacted = board.all(reactions).map(({ memberId }) => memberId)
    expect(reacted.length, say).toBe(new Set(reacted).size)
    expect([board.all(projectRepos).length, board.all(columns).length], say).toEqual([1, 5])
  }
})
