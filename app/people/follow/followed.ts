import { Signal } from '#app/replica/tab/signal.ts'
import type { Face } from '#app/ui/avatar.tsx'

/** Whom this page follows; null: nobody. */
export const followed = new Signal<Face | null>(null)

/** The card on the board that whoever is followed points at; null: none. */
export const pointed = new Signal<string | null>(null)

/** Goes where somebody goes from now on, until this person does something. */
export const follow = (face: Face): void => followed.set(face)

/** What a face that can be followed says, and does. */
export const FOLLOW = { say: (name: string) => `Follow ${name}`, run: follow }
