import { later } from '#app/ui/later.tsx'
import type { OwnPlace } from '#domain/core/rooms.ts'
import type { Facet } from '../filter/card-filter.ts'
import { FilterPalette } from '../filter/filter-palette.tsx'
import { type Look, writeLook } from '../filter/look.ts'
import type { Board } from '../use-board.ts'
import type { View } from './current-view.ts'

const Archived = later(() => import('./archived.tsx').then((list) => list.Archived))
const ViewDialog = later(() => import('./view-dialog.tsx').then((dialog) => dialog.ViewDialog))

/** What is asked about how the board is looked at. */
export type LookAsked = { what: 'filter'; only: Facet | null } | { what: 'keep' } | { what: 'rename'; view: View } | { what: 'archived' }

type LookDialogsProps = {
  place: OwnPlace
  asked: LookAsked | null
  board: Board | undefined
  look: Look
  setLook: (look: Look) => void
  onClose: () => void
}

export function LookDialogs({ place, asked, board, look, setLook, onClose }: LookDialogsProps) {
  switch (asked?.what) {
    case undefined:
      return null
    case 'filter': {
      const change = (filter: Look['filter']) => setLook({ ...look, filter })
      return <FilterPalette cards={board?.cards.rows ?? []} filter={look.filter} only={asked.only} onChange={change} onClose={onClose} />
    }
    case 'keep':
      return <ViewDialog place={place} view={{ name: '', query: writeLook(look) }} onClose={onClose} />
    case 'rename':
      return <ViewDialog place={place} view={asked.view} onClose={onClose} />
    case 'archived':
      return <Archived projectId={place.projectId} onClose={onClose} />
  }
}
