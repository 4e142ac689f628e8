import { type CardFilter, readFilter, writeFilter } from './card-filter.ts'

/** By what the rows of a list are sorted; `order` is how they stand on the board. */
export const SORTS = ['order', 'priority', 'due', 'updated'] as const
export type Sort = (typeof SORTS)[number]

/** How a board is looked at: which cards, as columns or as a list, and how the list is sorted. All of it stands in the address. */
export type Look = { filter: CardFilter; isList: boolean; sort: Sort }

/** FILTER-3: the look in an address. */
export function readLook(query: string): Look {
  const params = new URLSearchParams(query)
  return {
    filter: readFilter(params),
    isList: params.get('as') === 'list',
    sort: SORTS.find((sort) => sort === params.get('sort')) ?? 'order',
  }
}

/** FILTER-3: and back; the plain board has nothing behind the question mark. */
export function writeLook({ filter, isList, sort }: Look): string {
  const list = isList ? `as=list${sort === 'order' ? '' : `&sort=${sort}`}` : ''
  return [writeFilter(filter), list].filter(Boolean).join('&')
}
