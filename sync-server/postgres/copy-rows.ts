import type { Connection, Submittable } from 'pg'
import type { Db } from './pool.ts'

/** One row as PostgreSQL writes it in binary: each column's own bytes, null for a null. */
export type BinaryRow = readonly (Buffer | null)[]

/**
 * Reads what a query answers as bytes. The driver reads every value of an ordinary answer as text, so stored bytes would
 * travel as hexadecimal digits, twice as many, and be parsed one by one (and with its `binary` option they are taken for
 * UTF-8, which ruins them); `COPY` is the one answer it hands over untouched. A COPY has no parameters: `query` must
 * hold its values, escaped. Rows come one by one; their buffers are good only until `take` returns, the driver uses them
 * again.
 */
export async function copyRows(db: Db, query: string, take: (row: BinaryRow) => void): Promise<void> {
  const client = await db.connect()
  let broken: Error | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      client.query(new CopyOut(`copy (${query}) to stdout (format binary)`, take, resolve, reject))
    })
  } catch (thrown) {
    // In the middle of a COPY a connection is of no more use; it is not worth finding out.
    broken = thrown as Error
    throw thrown
  } finally {
    client.release(broken)
  }
}

/** Before the first row: a signature, flags, and the length of an extension nobody has made yet. */
const HEAD = 19

/** What the driver wants of a query it is to carry: its answers, as events. */
class CopyOut implements Submittable {
  readonly #text: string
  readonly #take: (row: BinaryRow) => void
  readonly #done: () => void
  readonly #failed: (reason: Error) => void
  #begun = false
  #ended = false
  #error: Error | undefined

  constructor(text: string, take: (row: BinaryRow) => void, done: () => void, failed: (reason: Error) => void) {
    this.#text = text
    this.#take = take
    this.#done = done
    this.#failed = failed
  }

  submit(connection: Connection): void {
    connection.query(this.#text)
  }

  /** PostgreSQL sends each row in a message of its own; the head comes before the first, the end after the last. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#error) return
    try {
      let at = 0
      if (!this.#begun) at = HEAD + chunk.readUInt32BE(HEAD - 4)
      this.#begun = true
      if (at === chunk.length) return
      if (chunk.readInt16BE(at) < 0) this.#ended = true
      else this.#take(readRow(chunk, at))
    } catch (thrown) {
      this.#error = thrown as Error
    }
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.#failed(error)
  }

  handleReadyForQuery(): void {
    if (this.#error) this.#failed(this.#error)
    else if (!this.#ended) this.#failed(new Error('a COPY stopped before its end'))
    else this.#done()
  }
}

function readRow(bytes: Buffer, start: number): BinaryRow {
  const row: (Buffer | null)[] = []
  let at = start + 2
  for (let left = bytes.readInt16BE(start); left > 0; left--) {
    const length = bytes.readInt32BE(at)
    at += 4 + Math.max(0, length)
    if (at > bytes.length) throw new Error('a row of a COPY is cut off')
    row.push(length < 0 ? null : bytes.subarray(at - length, at))
  }
  return row
}
