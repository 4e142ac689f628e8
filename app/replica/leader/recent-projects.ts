import type * as Y from 'yjs'
import { parseRoom, projectRoom, type RoomName, recordRoom } from '#domain/core/rooms.ts'
import { projectAll } from '#domain/projection/project.ts'
import { projects } from '#domain/projects/schema.ts'

/** How many projects are kept current while nobody looks at them. */
const MOST_PROJECTS = 50
/** Projects often come several at once. */
const SOON_MS = 50

export type ProjectsWorld = {
  /** Resolves when there is time for rooms that no page asked for. */
  whenFree: () => Promise<void>
  /** The document that says which projects there are. */
  teamDoc: () => Y.Doc | undefined
  open: (room: RoomName) => Promise<unknown>
}

/** Keeps the rooms of the projects that changed last open. Answers what to call when the projects may have changed. */
export function keepRecentProjects({ whenFree, teamDoc, open }: ProjectsWorld): () => void {
  let isOpening = false
  return () => {
    if (isOpening) return
    isOpening = true
    setTimeout(async () => {
      isOpening = false
      await whenFree()
      const team = teamDoc()
      if (!team) return
      const live = projectAll(team, projects).filter((row) => row.archived !== true && row.deletedAt === null)
      live.sort((a, b) => b.updatedAt - a.updatedAt)
      for (const { id } of live.slice(0, MOST_PROJECTS)) {
        for (const room of [projectRoom(id), recordRoom(id)]) {
          if (!parseRoom(room).ok) continue
          await open(room)
          // One room, then a breath: questions of the pages come between.
          await new Promise((resolve) => setTimeout(resolve, 0))
        }
      }
    }, SOON_MS)
  }
}
