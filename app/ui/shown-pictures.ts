import { type Extension, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view'
import { attachmentsIn } from '#domain/core/attachment.ts'
import { AGAIN_MS, addressOf, NOWHERE, type PictureSource, whyNot } from './picture.tsx'

/** Shows the pictures that a text links to, and the names of files, in the place of their links; each is one thing for the caret, and Backspace takes it out whole. */
export function shownPictures(source: PictureSource): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      readonly stop: () => void

      constructor(view: EditorView) {
        this.decorations = picturesIn(view, source)
        // One that was on its way is at another address now.
        this.stop = source.subscribe(() => view.dispatch({}))
      }

      update({ view }: ViewUpdate): void {
        this.decorations = picturesIn(view, source)
      }

      destroy(): void {
        this.stop()
      }
    },
    {
      decorations: ({ decorations }) => decorations,
      provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
    },
  )
}

function picturesIn(view: EditorView, source: PictureSource): DecorationSet {
  const found = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges)
    for (const { kind, sha256, name, size, ...link } of attachmentsIn(view.state.sliceDoc(from, to))) {
      const address = addressOf(source, sha256)
      const widget = kind === 'picture' ? new Shown(address, name) : new Named(address, name, size)
      found.add(from + link.from, from + link.to, Decoration.replace({ widget }))
    }
  return found.finish()
}

class Shown extends WidgetType {
  readonly address: string
  readonly words: string

  constructor(address: string, words: string) {
    super()
    this.address = address
    this.words = words
  }

  override eq(other: Shown): boolean {
    return other.address === this.address && other.words === this.words
  }

  override toDOM(view: EditorView): HTMLElement {
    const place = document.createElement('span')
    const image = document.createElement('img')
    image.src = this.address
    image.alt = this.words
    image.className = 'cm-picture'
    image.onload = () => {
      place.className = ''
      place.replaceChildren(image)
      view.requestMeasure()
    }
    image.onerror = () => {
      const say = (why: string) => {
        place.className = 'cm-picture-away'
        place.replaceChildren(`${this.words}: ${why}`)
      }
      if (image.parentNode) say(NOWHERE)
      void whyNot(this.address).then((why) => image.parentNode || say(why ?? NOWHERE))
      setTimeout(() => {
        // The editor may be gone by then, or the picture taken out.
        if (place.isConnected) image.src = this.address
      }, AGAIN_MS)
    }
    place.append(image)
    return place
  }
}

/** A file by its name; a press saves it. */
class Named extends WidgetType {
  readonly address: string
  readonly words: string
  readonly size: string

  constructor(address: string, words: string, size: string) {
    super()
    this.address = address
    this.words = words
    this.size = size
  }

  override eq(other: Named): boolean {
    return other.address === this.address && other.words === this.words && other.size === this.size
  }

  override toDOM(): HTMLElement {
    const link = document.createElement('a')
    link.href = this.address
    link.download = this.words
    link.className = 'cm-file'
    const size = document.createElement('span')
    size.className = 'cm-file-size'
    size.append(this.size)
    link.append(this.words, ' ', size)
    return link
  }
}
