import type { Face } from '#app/ui/avatar.tsx'
import type { NamedCard } from '#domain/tasks/dependencies.ts'
import type { Marks } from './marks.ts'
import { FIRM, type Standing } from './standing.ts'

/** What cards show beside their own fields, for the whole board. It changes often. */
export type Around = {
  marks: ReadonlyMap<string, Marks>
  unsaved: ReadonlySet<string>
  people: ReadonlyMap<string, readonly Face[]>
  standing: (id: string) => Standing
  find: (id: string) => NamedCard | undefined
}
/** The same for one card. */
export type AroundCard = { marks: Marks | undefined; isUnsaved: boolean; people: readonly Face[] } & Standing

const NOBODY: readonly Face[] = []

/** BOARD-19: what surrounds each card, in a shape every card can listen to for itself: a change draws only those it concerns. */
export class Surroundings {
  #around: Around = { marks: new Map(), unsaved: new Set(), people: new Map(), standing: () => FIRM, find: () => undefined }
  readonly #shown = new Map<string, AroundCard>()
  readonly #listeners = new Map<string, Set<() => void>>()

  /** What surrounds a card: the same object until something of it changes. */
  of(id: string): AroundCard {
    const { marks, unsaved, people, standing } = this.#around
    const now: AroundCard = { marks: marks.get(id), isUnsaved: unsaved.has(id), people: people.get(id) ?? NOBODY, ...standing(id) }
    const before = this.#shown.get(id)
    if (before && isSame(before, now)) return before
    this.#shown.set(id, now)
    return now
  }

  /** A card that others wait for, also where it is put away. */
  find(id: string): NamedCard | undefined {
    return this.#around.find(id)
  }

  /** Listens for one card, until the answered function is called. */
  listen(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set()
    this.#listeners.set(id, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0 || this.#listeners.get(id) !== listeners) return
      this.#listeners.delete(id)
      this.#shown.delete(id)
    }
  }

  change(around: Around): void {
    this.#around = around
    for (const [id, listeners] of [...this.#listeners]) {
      const before = this.#shown.get(id)
      if (before === this.of(id)) continue
      for (const listener of [...listeners]) listener()
    }
  }
}

function isSame(a: AroundCard, b: AroundCard): boolean {
  if (a.marks !== b.marks || a.isUnsaved !== b.isUnsaved || a.blocked !== b.blocked || a.isSourceChanged !== b.isSourceChanged) return false
  if (a.people.length !== b.people.length) return false
  return a.people.every((face, at) => face.id === b.people[at]?.id && face.name === b.people[at]?.name)
}
