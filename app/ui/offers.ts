import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  pickedCompletion,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { askedBefore } from './asked.ts'

/** What typing @ offers: a text to insert, or something that happens elsewhere and leaves nothing here. */
export type Offer = { name: string; hint: string; group: string; insert: string | (() => void) }
/** What typing @ offers, or a sentence where there is nothing that could be offered. */
export type Offers = readonly Offer[] | string

const look = EditorView.theme({
  '.cm-tooltip.cm-tooltip-autocomplete': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--raised)',
    overflow: 'hidden',
    zIndex: '30',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-sans)', fontSize: '13px', maxHeight: '16em', padding: '4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'baseline',
    gap: '12px',
    padding: '4px 8px',
    borderRadius: '6px',
    color: 'var(--ink)',
    lineHeight: '1.4',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--pressed)', color: 'var(--ink)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > completion-section': {
    display: 'block',
    border: '0',
    padding: '6px 8px 2px',
    fontSize: '11px',
    fontWeight: '600',
    color: 'var(--muted)',
    opacity: '1',
  },
  '.cm-completionLabel': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)' },
  '.cm-completionDetail': { marginLeft: 'auto', fontStyle: 'normal', fontSize: '12px', color: 'var(--muted)' },
})

/** A list under the caret from the moment @ is typed: arrows choose, Enter takes, Escape closes. It reads what is offered anew each time. */
export function offering(read: () => Offers): Extension {
  return [
    autocompletion({
      // Who typed @ has asked for the list: it opens at once, and the next Enter is for it.
      activateOnTypingDelay: 0,
      interactionDelay: 0,
      override: [(context) => offersAt(context, read())],
      icons: false,
      tooltipClass: () => 'shadow-float',
      maxRenderedOptions: 50,
      aboveCursor: false,
    }),
    look,
  ]
}

/** The list for what stands before the caret; none where no word begins with @. A sentence stands there until more than the @ is typed, and cannot be taken. */
export function offersAt(context: CompletionContext, offers: Offers): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const asked = askedBefore(line.text.slice(0, context.pos - line.from))
  if (!asked || offers.length === 0) return null
  const from = line.from + asked.from
  if (typeof offers === 'string') {
    if (asked.typed !== '') return null
    return { from, options: [{ label: '@', displayLabel: offers, apply: closeCompletion }], validFor: /^@$/ }
  }
  return { from, options: offers.map(asCompletion), validFor: /^@[\p{L}\p{N}_.-]*$/u }
}

function asCompletion({ name, hint, group, insert }: Offer): Completion {
  return {
    label: `@${name}`,
    detail: hint,
    section: group,
    apply: (view, completion, from, to) => {
      const text = typeof insert === 'string' ? insert : ''
      view.dispatch({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length },
        annotations: pickedCompletion.of(completion),
        userEvent: 'input.complete',
      })
      if (typeof insert !== 'string') insert()
    },
  }
}
