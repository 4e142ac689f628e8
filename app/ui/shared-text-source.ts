import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'

/** A text several people type in at once, as the replica's `useText` gives it. */
export type SharedTextSource = { text: Y.Text; awareness: Awareness; undoManager: Y.UndoManager }
