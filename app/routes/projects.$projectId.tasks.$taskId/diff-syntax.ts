import type { Tree } from '@lezer/common'
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight'
import type { Span } from './diff-words.ts'

/** A part of a line that has a look of its own. */
export type Run = Span & { look: string }

/** What a reader tells apart: few looks, so that a change stays what is seen first. They are drawn in diff.css. */
const LOOKS = tagHighlighter([
  { tag: tags.comment, class: 'code-comment' },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.processingInstruction], class: 'code-keyword' },
  { tag: [tags.string, tags.regexp, tags.character, tags.attributeValue, tags.url, tags.monospace], class: 'code-string' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.unit, tags.color, tags.escape], class: 'code-constant' },
  {
    tag: [
      tags.typeName,
      tags.className,
      tags.namespace,
      tags.tagName,
      tags.attributeName,
      tags.macroName,
      tags.annotation,
      tags.heading,
      tags.function(tags.definition(tags.variableName)),
      tags.function(tags.definition(tags.propertyName)),
      tags.definition(tags.propertyName),
    ],
    class: 'code-name',
  },
])

/** DIFF-6: the looks of a piece of a text that was parsed, as places in that piece. */
export function runsIn(tree: Tree, from: number, to: number): Run[] {
  const runs: Run[] = []
  highlightTree(tree, LOOKS, (start, end, look) => runs.push({ from: start - from, to: end - from, look }), from, to)
  return runs
}
