import { FileDrawing } from './diff-drawing.ts'
import { parserFor } from './diff-languages.ts'
import type { FromDrawing, ToDrawing } from './diff-protocol.ts'

// Grammars and comparisons of words have a thread of their own: a long hunk is read in a second, and a page that is scrolled has 16 ms.
const files = new Map<number, Promise<FileDrawing>>()

self.onmessage = async ({ data }: MessageEvent<ToDrawing>) => {
  if (data.kind === 'open')
    files.set(
      data.file,
      parserFor(data.path).then((parser) => new FileDrawing(data.hunks, parser)),
    )
  else if (data.kind === 'close') files.delete(data.file)
  else {
    const drawing = await files.get(data.file)
    self.postMessage({ id: data.id, tokens: drawing?.tokens(data.keys) ?? {} } satisfies FromDrawing)
  }
}
