import type { PGlite } from '@electric-sql/pglite'
import type { Statement } from '#domain/projection/project.ts'

/** Characters of SQL that go to PostgreSQL at once. A room written from scratch has more, and would be in its memory twice. */
const AT_ONCE = 1_000_000

/**
 * Statements of a few texts, run again and again with other parameters. Each text is parsed once, and all of a transaction
 * goes to PostgreSQL as one message: one after another, by the protocol made for networks, took four times as long.
 */
export class Prepared {
  readonly #pg: PGlite
  readonly #names = new Map<string, string>()

  constructor(pg: PGlite) {
    this.#pg = pg
  }

  /** Runs statements in one transaction: all of them take effect, or none and it throws what PostgreSQL says. */
  async run(statements: readonly Statement[]): Promise<void> {
    for (const { sql, copied } of statements) if (copied === undefined) await this.#prepare(sql)
    const messages = this.#inMessages(statements)
    const [first] = messages
    // One message is a transaction by itself.
    if (messages.length === 1 && typeof first === 'string') await this.#pg.exec(first)
    else if (first !== undefined) {
      await this.#pg.transaction(async (tx) => {
        for (const message of messages) {
          if (typeof message === 'string') await tx.exec(message)
          else await tx.query(message.sql, [], { blob: new Blob([message.copied ?? '']) })
        }
      })
    }
  }

  async #prepare(sql: string): Promise<void> {
    if (this.#names.has(sql)) return
    const name = `s${this.#names.size}`
    await this.#pg.exec(`prepare ${name} as ${sql}`)
    this.#names.set(sql, name)
  }

  /** What goes to PostgreSQL at once, in order; a COPY is read from beside its message. */
  #inMessages(statements: readonly Statement[]): (string | Statement)[] {
    const messages: (string | Statement)[] = []
    for (const statement of statements) {
      const { sql, parameters, copied } = statement
      if (copied !== undefined) {
        messages.push(statement)
        continue
      }
      const call = `execute ${this.#names.get(sql)}(${parameters.map(literal).join(', ')});`
      const open = messages.at(-1)
      if (typeof open === 'string' && open.length + call.length <= AT_ONCE) messages[messages.length - 1] = open + call
      else messages.push(call)
    }
    return messages
  }
}

/** Text as an SQL literal of whatever type is wanted there (`standard_conforming_strings`: a backslash is itself). */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
