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

/** Before the rows: a signature, flags, and the length of an extension nobody has made yet. */
const HEAD = 19

/** What the driver wants of a query it is to carry: its answers, as events. */
class CopyOut implements Submittable {
  readonly #text: string
  readonly #take: (row: BinaryRow) => void
  readonly #done: () => void
  readonly #failed: (reason: Error) => void
  /** What a message ended with in the middle of a row. */
  #rest: Buffer = Buffer.alloc(0)
  #begun = false
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

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#error) return
    try {
      this.#read(this.#rest.length ? Buffer.concat([this.#rest, chunk]) : chunk)
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
    else if (this.#rest.length > 0) this.#failed(new Error('a COPY ended in the middle of a row'))
    else this.#done()
  }

  #read(bytes: Buffer): void {
    let at = 0
    if (!this.#begun) {
      if (bytes.length < HEAD) return this.#keep(bytes)
      at = HEAD + bytes.readUInt32BE(HEAD - 4)
      this.#begun = true
    }
    for (;;) {
      const end = endOfRow(bytes, at)
      if (end === null) return this.#keep(bytes.subarray(at))
      // A count of -1: that was the last row.
      if (end > at + 2 || bytes.readInt16BE(at) >= 0) this.#take(readRow(bytes, at))
      at = end
    }
  }

  /** A copy: the driver uses its buffer again for what comes next. */
  #keep(bytes: Buffer): void {
    this.#rest = Buffer.from(bytes)
  }
}

/** Where the row that begins here ends, or null where it is not all here yet. */
function endOfRow(bytes: Buffer, start: number): number | null {
  if (bytes.length < start + 2) return null
  let at = start + 2
  for (let left = bytes.readInt16BE(start); left > 0; left--) {
    if (bytes.length < at + 4) return null
    at += 4 + Math.max(0, bytes.readInt32BE(at))
    if (bytes.length < at) return null
  }
  return at
}

function readRow(bytes: Buffer, start: number): BinaryRow {
  let at = start + 2
  return Array.from({ length: bytes.readInt16BE(start) }, () => {
    const length = bytes.readInt32BE(at)
    at += 4
    if (length < 0) return null
    at += length
    return bytes.subarray(at - length, at)
  })
}
