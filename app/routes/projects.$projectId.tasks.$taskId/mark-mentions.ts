import type { Steps } from '#app/ui/markdown.tsx'
import { type Named, piecesOf } from '#domain/tasks/mentions.ts'

/** As much of a text that is drawn as matters here. */
type Node = { type: string; tagName?: string; value?: string; properties?: object; children?: Node[] }

const ELSEWHERE: readonly (string | undefined)[] = ['code', 'pre', 'a']

/** Makes the @names of those whom a comment mentions stand out a little. */
export const markMentions = (people: readonly Named[]): Steps => [() => (root: Node) => markIn(root, people)]

function markIn(node: Node, people: readonly Named[]): void {
  if (!node.children || ELSEWHERE.includes(node.tagName)) return
  node.children = node.children.flatMap((child): Node[] => {
    markIn(child, people)
    if (child.type !== 'text') return [child]
    return piecesOf(child.value ?? '', people).map(({ text, ids }) => {
      const words: Node = { type: 'text', value: text }
      return ids.length === 0 ? words : { type: 'element', tagName: 'span', properties: { className: ['text-accent'] }, children: [words] }
    })
  })
}
