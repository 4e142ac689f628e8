import { expect, test } from 'vitest'
import { markMentions } from './mark-mentions.ts'

const text = (value: string) => ({ type: 'text', value })
const element = (tagName: string, ...children: object[]) => ({ type: 'element', tagName, children })

test('COMMENT-2 the @names of those whom a comment mentions stand out, in words and not in code or a link', () => {
  const root = { type: 'root', children: [element('p', text('Hi @Ada, @Bob')), element('code', text('@Ada')), element('a', text('@Ada'))] }
  const [step] = markMentions([{ id: 'a', name: 'Ada' }]) as [() => (root: object) => void]
  step()(root)
  const name = { type: 'element', tagName: 'span', properties: { className: ['text-accent'] }, children: [text('@Ada')] }
  expect(root.children).toEqual([
    element('p', text('Hi '), name, text(', @Bob')),
    element('code', text('@Ada')),
    element('a', text('@Ada')),
  ])
})
