import { writeFilter } from '../filter/card-filter.ts'
import { type Look, writeLook } from '../filter/look.ts'

/** VIEW-3: the view that is being looked at: the one with this very look, else one that everybody has, however it is laid out. */
export function currentView(views: readonly View[], look: Look): View | undefined {
  const [query, filter] = [writeLook(look), writeFilter(look.filter)]
  return views.find((view) => view.query === query) ?? views.find((view) => !view.isOwn && view.query === filter)
}

/** A way to look at the board that has a name; `isOwn`: one this person keeps. */
export type View = { id: string; name: string; query: string; isOwn: boolean }
