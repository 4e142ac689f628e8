import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Collection } from '#domain/core/collection.ts'
import type { Command } from '#domain/core/command.ts'
import { rowsOf } from '#domain/core/document.ts'
import type { Query } from '#domain/core/query.ts'
import type { Answer } from '#domain/core/refusal.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import type { UnsentChange } from '#domain/core/unsent-file.ts'
import { STARTING } from './protocol.ts'
import {
  type HeldPictures,
  keepsHere,
  type OutboxItem,
  type Person,
  type RoomView,
  type SessionView,
  type SyncView,
  type TextView,
  type Undone,
} from './shown.ts'
import type { Api } from './tab/api.ts'
import { openBrowser } from './tab/browser.ts'
import { peopleIn, samePeople } from './tab/presence.ts'
import type { Replica } from './tab/replica.ts'
import { Signal } from './tab/signal.ts'
import { SyncState } from './tab/sync-state.ts'
import type { TabRoom } from './tab/tab-room.ts'

/** A command's input as a page gives it: what has a default may be left out. */
export type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends object
    ? { [K in keyof T]?: Given<T[K]> | undefined }
    : T

const NO_ITEMS = new Signal<OutboxItem[]>([])
const NO_ROOM = new Signal<TabRoom | undefined>(undefined)
const NOTHING_UNSAVED = new Signal<ReadonlySet<string>>(new Set())
const STILL = { get: () => undefined, subscribe: () => () => undefined }
const OPENING = new Signal<SyncView>({ ...new SyncState().view.get(), sentence: 'Opening…' })
const OFF = new Signal(STARTING)
const NOBODY: Person[] = []

/** Starts this tab's replica for whoever is signed in; every page stands inside it. */
export function ReplicaProvider({ children }: { children: ReactNode }) {
  useState(openBrowser)
  return <>{children}</>
}

function useSignal<T>(signal: { get: () => T; subscribe: (listener: () => void) => () => void }): T {
  return useSyncExternalStore(signal.subscribe, signal.get)
}

function useReplica(): Replica | null {
  return useSignal(openBrowser().replica)
}

/** Who is using this browser. Signed out with a member: what that member kept on this device is still readable. */
export function useSession(): SessionView {
  return useSignal(openBrowser().session.view)
}

/** Asks the server again who is signed in; call it after a sign-in or sign-out. */
export function refreshSession(): Promise<void> {
  return openBrowser().session.check()
}

/** The rows of a query, kept current; undefined while they are loading. Rows that did not change keep their identity. */
export function useQuery<R>(query: Query<R> | null): R[] | undefined {
  const replica = useReplica()
  const key = query?.key
  const latest = useRef(query)
  latest.current = query
  // biome-ignore lint/correctness/useExhaustiveDependencies: a query is its key
  const live = useMemo(() => (replica && latest.current ? replica.queries.watch(latest.current) : STILL), [replica, key])
  return useSignal<unknown[] | undefined>(live) as R[] | undefined
}

/** Runs a command on this tab's documents: at once when its rooms are loaded, else as soon as they are. */
export function useCommand<I, T>(command: Command<I, T>, { isPictureFirst = false } = {}): (input: Given<I>) => Promise<Answer<T>> {
  return useCallback((input) => withReplica((replica) => replica.run(command, input, isPictureFirst)), [command, isPictureFirst])
}

/** Acts on the replica: in this very call when it runs, so that what a person did is drawn at once; else when it does. */
function withReplica<T>(act: (replica: Replica) => Promise<T>): Promise<T> {
  const { replica } = openBrowser()
  const running = replica.get()
  if (running) return act(running)
  return new Promise((resolve, reject) => {
    const stop = replica.subscribe(() => {
      const started = replica.get()
      if (!started) return
      stop()
      act(started).then(resolve, reject)
    })
  })
}

/** The loaded room, kept open while the component is mounted. */
function useTabRoom(room: RoomName | null): TabRoom | undefined {
  const replica = useReplica()
  const [held, setHeld] = useState<Signal<TabRoom | undefined>>(NO_ROOM)
  useEffect(() => {
    if (!replica || room === null) return setHeld(NO_ROOM)
    const { room: signal, leave } = replica.rooms.hold(room)
    setHeld(signal)
    return leave
  }, [replica, room])
  const found = useSignal(held)
  return found?.name === room ? found : undefined
}

/** Keeps a room open while the component is mounted. */
export function useRoom(room: RoomName | null): RoomView {
  const replica = useReplica()
  const loaded = useTabRoom(room)
  const { member } = useSession()
  const status = useSignal(replica?.sync.status ?? OFF)
  const canWrite = member !== undefined && room !== null && (replica?.canWrite(room) ?? false)
  const ready = loaded !== undefined
  const state = room === null || !ready ? 'loading' : (status.rooms[room] ?? 'offline')
  return useMemo(() => ({ ready, canWrite, status: state }), [ready, canWrite, state])
}

/** A long text to bind an editor to; undefined until its room is loaded and the row exists. */
export function useText(room: RoomName | null, collection: Collection, id: string | null, field: string): TextView | undefined {
  const loaded = useTabRoom(room)
  const found = useMemo(() => {
    const read = (): Y.Text | undefined => {
      const text = loaded && id !== null ? rowsOf(loaded.doc, collection).get(id)?.get(field) : undefined
      return text instanceof Y.Text ? text : undefined
    }
    const subscribe = (listener: () => void): (() => void) => {
      const rows = loaded && rowsOf(loaded.doc, collection)
      const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
        if (events.some((event) => event.path.length < 2)) listener()
      }
      rows?.observeDeep(observe)
      return () => rows?.unobserveDeep(observe)
    }
    return { get: read, subscribe }
  }, [loaded, collection, id, field])
  const text = useSignal(found)
  return useMemo(
    () => (loaded && text ? { text, awareness: loaded.awareness, undoManager: loaded.undoOf(text) } : undefined),
    [loaded, text],
  )
}

/** Who else looks at the room now; this tab itself is not among them. */
export function usePresence(room: RoomName | null): Person[] {
  const loaded = useTabRoom(room)
  const people = useMemo(() => {
    if (!loaded) return { get: () => NOBODY, subscribe: STILL.subscribe }
    let shown = peopleIn(loaded.awareness)
    const get = (): Person[] => {
      const now = peopleIn(loaded.awareness)
      if (!samePeople(now, shown)) shown = now
      return shown
    }
    const subscribe = (listener: () => void): (() => void) => {
      loaded.awareness.on('change', listener)
      return () => loaded.awareness.off('change', listener)
    }
    return { get, subscribe }
  }, [loaded])
  return useSignal(people)
}

/** What everybody in the room says of themselves, this tab too; undefined until the room is loaded. */
export function useAwareness(room: RoomName): Awareness | undefined {
  return useTabRoom(room)?.awareness
}

/** Says to others in the room where this person is; null: just looking. */
export function useBeAt(room: RoomName | null, at: string | null): void {
  const loaded = useTabRoom(room)
  useEffect(() => {
    loaded?.awareness.setLocalStateField('at', at)
    return () => loaded?.awareness.setLocalStateField('at', null)
  }, [loaded, at])
}

/** The honest state of everything this person wrote, in words. */
export function useSyncState(): SyncView {
  return useSignal(useReplica()?.sync.view ?? OPENING)
}

/** Makes what is held of pictures part of the state: before anything is drawn that could claim too much. */
export function useHeldPictures(held: HeldPictures): void {
  const replica = useReplica()
  useLayoutEffect(() => replica?.sync.setPictures(held), [replica, held])
}

/** True while what is written here is kept on this device: no page says so where it is not. */
export function useKeepsHere(): boolean {
  return keepsHere(useSyncState())
}

/** The ids of the rows whose latest change the server has not acknowledged. */
export function useUnsaved(): ReadonlySet<string> {
  return useSignal(useReplica()?.sync.unsaved ?? NOTHING_UNSAVED)
}

/**
 * Calls a procedure that has consequences through the durable outbox: sent once, in order, after the rooms it names are on
 * the server. The promise resolves when the server answered; made offline, it waits.
 */
export function useConsequence(): (procedure: string, input: unknown, options?: { rooms?: RoomName[] }) => Promise<Answer<unknown>> {
  return useCallback(
    (procedure, input, options) => withReplica((replica) => replica.consequences.call(procedure, input, options?.rooms ?? [])),
    [],
  )
}

/** What waits in the outbox, and what was refused. */
export function useOutbox(): OutboxItem[] {
  return useSignal(useReplica()?.consequences.items ?? NO_ITEMS)
}

/** Takes a refused consequence off the list. */
export function dismissOutbox(id: string): void {
  openBrowser().replica.get()?.consequences.dismiss(id)
}

/** Every change of this device that the server has not acknowledged, in the order they were made. */
export function readUnsent(): Promise<readonly UnsentChange[]> {
  return withReplica((replica) => replica.unsent())
}

/** Takes changes that were read elsewhere, as if they were made here now; refuses them where this person may only look. */
export function bringBack(changes: readonly UnsentChange[]): Promise<Answer<undefined>> {
  return withReplica((replica) => replica.bringBack(changes))
}

/** The vanilla tRPC client, for direct reads and for calls that make no sense later. */
export function useApi(): Api {
  return openBrowser().api
}

/** Undo and redo of this person's own commands in this tab; each answers what it came to, for a sentence. */
export function useUndo(): { undo: () => Undone; redo: () => Undone } {
  const replica = useReplica()
  return useMemo(
    () => ({ undo: () => replica?.steps.undo() ?? { kind: 'nothing' }, redo: () => replica?.steps.redo() ?? { kind: 'nothing' } }),
    [replica],
  )
}

/** Calls back with sentences for toasts: a refused edit was rolled back, the disk is full, the session ended. */
export function useNotices(tell: (sentence: string) => void): void {
  const latest = useRef(tell)
  latest.current = tell
  useEffect(() => {
    const { notices } = openBrowser()
    const hear = (sentence: string): void => latest.current(sentence)
    notices.add(hear)
    return () => void notices.delete(hear)
  }, [])
}
