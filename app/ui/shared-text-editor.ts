import { defaultKeymap } from '@codemirror/commands'
import { markdown } from '@codemirror/lang-markdown'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { dropCursor, EditorView, keymap, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
import { filesIn } from './files-in.ts'
import { type Offers, offering } from './offers.ts'
import { OwnWords, type Written } from './own-words.ts'
import type { PictureSource } from './picture.tsx'
import type { SharedTextSource } from './shared-text-source.ts'
import { shownPictures } from './shown-pictures.ts'

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)', fontSize: '14px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { fontFamily: 'var(--font-sans)', padding: '8px 12px', caretColor: 'var(--ink)', lineHeight: '1.55' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '& .cm-dropCursor': { borderLeft: '2px solid var(--accent)', marginLeft: '-1px' },
  '.cm-placeholder': { color: 'var(--faint)' },
  // Lines wrap, so nothing scrolls here, and a name over the first line is not cut off.
  '.cm-scroller': { fontFamily: 'inherit', overflow: 'visible' },
  '.cm-picture': {
    display: 'inline-block',
    verticalAlign: 'bottom',
    maxWidth: '100%',
    maxHeight: '384px',
    margin: '4px 0',
    borderRadius: '6px',
    border: '1px solid var(--line)',
  },
  '.cm-picture-away': {
    display: 'inline-block',
    maxWidth: '100%',
    margin: '4px 0',
    borderRadius: '6px',
    border: '1px dashed var(--edge)',
    padding: '6px 10px',
    color: 'var(--muted)',
    fontSize: '12px',
    lineHeight: '16px',
  },
  '.cm-file': {
    display: 'inline-block',
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    verticalAlign: 'bottom',
    borderRadius: '6px',
    border: '1px solid var(--line)',
    padding: '0 8px',
    fontSize: '13px',
    cursor: 'pointer',
  },
  '.cm-file-size': { color: 'var(--muted)', fontSize: '12px' },
  '.cm-ySelectionCaret': { borderLeftWidth: '1px', borderRightWidth: '1px' },
  // Names stay in sight: a caret without a name says somebody, not who.
  '.cm-ySelectionInfo': {
    opacity: '1',
    fontFamily: 'var(--font-sans)',
    fontSize: '11px',
    fontWeight: '600',
    color: '#fff',
    padding: '0 4px',
    borderRadius: '3px',
    top: '-1.25em',
    zIndex: '5',
  },
})

const marks = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '650', color: 'var(--ink)' },
  { tag: tags.strong, fontWeight: '650' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.link, color: 'var(--accent)' },
  { tag: tags.url, color: 'var(--accent)' },
  { tag: tags.monospace, fontFamily: 'var(--font-mono)', fontSize: '0.92em' },
  { tag: tags.quote, color: 'var(--muted)' },
  { tag: tags.processingInstruction, color: 'var(--faint)' },
])

type Options = {
  label: string
  placeholder: string
  isReadOnly: boolean
  /** What typing @ offers now. */
  offers: () => Offers
  onSubmit: () => void
  /** Is told what this person typed, when they pause or leave; undefined where nobody keeps it. */
  onWritten: ((written: Written) => void) | undefined
  pictures: PictureSource
  /** Takes in what is pasted or dropped, and answers what is written there; undefined where files are not wanted. */
  takeFiles: ((files: readonly File[]) => Promise<string>) | undefined
}

/** The editor from outside: files and words can be given to it, which it puts at its caret, and it can be taken out again. */
export type Mounted = { give: (files: readonly File[]) => void; insert: (words: string) => void; destroy: () => void }

/** Puts the editor into `parent`. Tab is not bound: it moves on, as everywhere. */
export function mountEditor(
  parent: HTMLElement,
  source: SharedTextSource,
  { label, placeholder: hint, isReadOnly, offers, onSubmit, onWritten, pictures, takeFiles }: Options,
): Mounted {
  const { text, awareness, undoManager } = source
  const own = onWritten && !isReadOnly ? OwnWords.of(source) : null
  if (own && onWritten) own.tell = onWritten
  const tellOwn = () => own?.now()
  const give = async (files: readonly File[]): Promise<void> => {
    const lines = await takeFiles?.(files)
    if (!lines) return
    const { from } = view.state.selection.main
    const line = view.state.doc.lineAt(from)
    const insert = `${from === line.from ? '' : '\n'}${lines}\n`
    view.dispatch({ changes: { from, insert }, selection: { anchor: from + insert.length }, userEvent: 'input.paste' })
  }
  const hear = (event: Event, transfer: DataTransfer | null): boolean => {
    const files = takeFiles && !isReadOnly ? filesIn(transfer) : []
    if (files.length === 0) return false
    event.preventDefault()
    // Where they were let go, as the line shown until then says.
    if (event instanceof DragEvent)
      view.dispatch({ selection: { anchor: view.posAtCoords({ x: event.clientX, y: event.clientY }, false) } })
    void give(files)
    return true
  }
  const insert = (words: string): void => {
    view.focus()
    view.dispatch({ ...view.state.replaceSelection(words), userEvent: 'input.complete', scrollIntoView: true })
  }
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text.toString(),
      extensions: [
        keymap.of([{ key: 'Mod-Enter', run: submits(onSubmit) }, { key: 'Escape', run: leave }, ...yUndoManagerKeymap, ...defaultKeymap]),
        offering(offers),
        shownPictures(pictures),
        EditorView.domEventHandlers({
          paste: (event) => hear(event, event.clipboardData),
          drop: (event) => hear(event, event.dataTransfer),
          blur: tellOwn,
        }),
        isReadOnly ? [] : dropCursor(),
        markdown(),
        syntaxHighlighting(marks),
        EditorView.lineWrapping,
        look,
        placeholder(hint),
        EditorState.readOnly.of(isReadOnly),
        EditorView.editable.of(!isReadOnly),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true', spellcheck: 'true', autocapitalize: 'sentences' }),
        yCollab(text, awareness, { undoManager }),
      ],
    }),
  })
  // The last one hears of that it may never be seen again.
  document.addEventListener('visibilitychange', tellOwn)
  const destroy = (): void => {
    document.removeEventListener('visibilitychange', tellOwn)
    tellOwn()
    view.destroy()
  }
  return { give: (files) => void give(files), insert, destroy }
}

/** Escape gives the keyboard back to the page. */
function leave(view: EditorView): boolean {
  view.contentDOM.blur()
  return true
}

const submits = (onSubmit: () => void) => () => {
  onSubmit()
  return true
}
