import { getChangeKey } from 'react-diff-view'
import type { TokensByKey } from './diff-drawing.ts'
import type { DiffFile } from './diff-hunks.ts'
import type { FromDrawing, ToDrawing } from './diff-protocol.ts'

/** The page's end of the line to the thread that draws differences. The thread is there while a file is open. */
class DrawingLine {
  #worker: Worker | null = null
  readonly #waiting = new Map<number, (tokens: TokensByKey) => void>()
  readonly #open = new Set<number>()
  #next = 1

  open({ path, hunks }: DiffFile): number {
    const file = this.#next++
    this.#open.add(file)
    const lines = hunks.map(({ changes }) =>
      changes.map((change) => ({ key: getChangeKey(change), type: change.type, content: change.content })),
    )
    this.#say({ kind: 'open', file, path, hunks: lines })
    return file
  }

  draw(file: number, keys: string[]): Promise<TokensByKey> {
    return new Promise((resolve) => {
      const id = this.#next++
      this.#waiting.set(id, resolve)
      this.#say({ kind: 'draw', file, id, keys })
    })
  }

  close(file: number): void {
    this.#open.delete(file)
    if (this.#open.size > 0) this.#say({ kind: 'close', file })
    else this.#end()
  }

  #say(message: ToDrawing): void {
    this.#worker ??= this.#begin()
    this.#worker.postMessage(message)
  }

  #begin(): Worker {
    const worker = new Worker(new URL('./diff-drawing.worker.ts', import.meta.url), { type: 'module', name: 'diff-drawing' })
    worker.onmessage = ({ data: { id, tokens } }: MessageEvent<FromDrawing>) => {
      this.#waiting.get(id)?.(tokens)
      this.#waiting.delete(id)
    }
    return worker
  }

  /** Whoever still waits is not there any more to be told. */
  #end(): void {
    this.#worker?.terminate()
    this.#worker = null
    this.#waiting.clear()
  }
}

const line = new DrawingLine()

/** The lines of a file as they are drawn, in looks and with marks. The file is opened when something is asked for first. */
export class DrawnFile {
  readonly #file: DiffFile
  #number: number | null = null

  constructor(file: DiffFile) {
    this.#file = file
  }

  tokens(keys: Iterable<string>): Promise<TokensByKey> {
    this.#number ??= line.open(this.#file)
    return line.draw(this.#number, [...keys])
  }

  close(): void {
    if (this.#number !== null) line.close(this.#number)
    this.#number = null
  }
}
