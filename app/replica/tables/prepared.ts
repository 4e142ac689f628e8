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
    const calls: string[] = []
    for (const { sql, parameters } of statements) calls.push(`execute ${await this.#named(sql)}(${parameters.map(literal).join(', ')});`)
    const messages = inMessages(calls)
    // One message is a transaction by itself.
    if (messages.length === 1) await this.#pg.exec(messages[0] ?? '')
    else if (messages.length > 1) {
      await this.#pg.transaction(async (tx) => {
        for (const message of messages) await tx.exec(message)
      })
    }
  }

  async #named(sql: string): Promise<string> {
    const known = this.#names.get(sql)
    if (known) return known
    const name = `s${this.#names.size}`
    await this.#pg.exec(`prepare ${name} as ${sql}`)
    this.#names.set(sql, name)
    return name
  }
}

/** Text as an SQL literal of whatever type is wanted there (`standard_conforming_strings`: a backslash is itself). */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

function inMessages(calls: readonly string[]): string[] {
  const messages: string[] = []
  let open = ''
  for (const call of calls) {
    if (open && open.length + call.length > AT_ONCE) {
      messages.push(open)
      open = ''
    }
    open += call
  }
  return open ? [...messages, open] : messages
}
