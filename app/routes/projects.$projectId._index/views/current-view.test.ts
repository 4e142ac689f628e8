import { expect, test } from 'vitest'
import { readLook } from '../filter/look.ts'
import { currentView, type View } from './current-view.ts'

test('VIEW-3 one looks at a view of one’s own in its very layout, and at what everybody has in any', () => {
  const views: View[] = [
    { id: 'all', name: 'All', query: '', isOwn: false },
    { id: 'own', name: 'Own', query: 'label=x&as=list', isOwn: true },
    { id: 'other', name: 'Other', query: 'label=z', isOwn: true },
  ]
  const at = (query: string) => currentView(views, readLook(query))?.id
  expect([at(''), at('as=list&sort=due'), at('label=x&as=list'), at('label=x'), at('label=z&as=list')]).toEqual([
    'all',
    'all',
    'own',
    undefined,
    undefined,
  ])
})
