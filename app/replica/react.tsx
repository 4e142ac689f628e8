import { type CreateTRPCClient, createTRPCClient, httpBatchLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import type { ReactNode } from 'react'
import type { Collection } from '#domain/core/collection.ts'
import type { Command } from '#domain/core/command.ts'
import type { Query } from '#domain/core/query.ts'
import { type Answer, refuse } from '#domain/core/refusal.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import type { OutboxItem, Person, RoomView, SessionView, SyncView, TextView } from './shown.ts'

// The types are final; what stands behind them follows.
type AppRouter = AnyRouter

/** Starts this tab's replica for whoever is signed in; every page stands inside it. */
export function ReplicaProvider({ children }: { children: ReactNode }) {
  return <>{children}</>
}

/** Who is using this browser. */
export function useSession(): SessionView {
  return { status: 'loading' }
}

/** The rows of a query, kept current; undefined while they are loading. Rows that did not change keep their identity. */
export function useQuery<R>(_query: Query<R> | null): R[] | undefined {
  return undefined
}

/** Runs a command on this tab's documents: at once when its rooms are loaded, else as soon as they are. */
export function useCommand<I, T>(command: Command<I, T>): (input: unknown) => Promise<Answer<T>> {
  return async () => refuse('not-ready', `${command.name} cannot run yet.`)
}

/** Keeps a room open while the component is mounted. */
export function useRoom(_room: RoomName | null): RoomView {
  return { ready: false, canWrite: false, status: 'loading' }
}

/** A long text to bind an editor to; undefined until its room is loaded and the row exists. */
export function useText(_room: RoomName | null, _collection: Collection, _id: string | null, _field: string): TextView | undefined {
  return undefined
}

/** Who else looks at the room now. */
export function usePresence(_room: RoomName | null): Person[] {
  return []
}

/** Says to others in the room where this person is; null: just looking. */
export function useBeAt(_room: RoomName | null, _at: string | null): void {}

/** The honest state of everything this person wrote, in words. */
export function useSyncState(): SyncView {
  return { state: 'on this device', connection: 'offline', waiting: 0, sentence: 'Opening…' }
}

/** The ids of the rows whose latest change the server has not acknowledged. */
export function useUnsaved(): ReadonlySet<string> {
  return new Set()
}

/**
 * Calls a procedure that has consequences through the durable outbox: sent once, in order, after the rooms it names are on
 * the server. The promise resolves when the server answered; made offline, it waits.
 */
export function useConsequence(): (procedure: string, input: unknown, options?: { rooms?: RoomName[] }) => Promise<Answer<unknown>> {
  return async () => refuse('not-ready', 'The outbox cannot take this yet.')
}

/** What waits in the outbox, and what was refused. */
export function useOutbox(): OutboxItem[] {
  return []
}

/** Takes a refused consequence off the list. */
export function dismissOutbox(_id: string): void {}

/** The vanilla tRPC client, for direct reads and for calls that make no sense later. */
export function useApi(): CreateTRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/trpc' })] })
}

/** Undo and redo of this person's own commands in this tab. */
export function useUndo(): { undo: () => void; redo: () => void } {
  return { undo: () => undefined, redo: () => undefined }
}

/** Calls back with sentences for toasts: a refused edit was rolled back, the disk is full, the session ended. */
export function useNotices(_tell: (sentence: string) => void): void {}
