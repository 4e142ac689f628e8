import type { Me, SessionView, Team } from '../shown.ts'
import type { Who } from './remembered.ts'
import { Signal } from './signal.ts'

/** What the server says of the session: who, nobody, or not reached. */
export type Asked = { kind: 'me'; member: Me; team: Team; version?: string } | { kind: 'nobody' } | { kind: 'unreachable' }

export type SessionWorld = {
  /** This page's version. */
  version: string
  ask: () => Promise<Asked>
  /** What this browser remembers of the last person, so that the app starts without a server. */
  recall: () => Who | null
  /** The same, where that takes a moment; asked when `recall` knows nobody. */
  recallKept: () => Promise<Who | null>
  remember: (who: Who) => void
  /** Somebody else signed in: everything on the page belongs to the person before. */
  restart: () => void
}

const RETRY_MS = 3_000

/** Who is using this browser: remembered at once, checked with the server as soon as it answers. */
export class Session {
  readonly view = new Signal<SessionView>({ status: 'loading' })
  readonly #world: SessionWorld
  #timer: ReturnType<typeof setTimeout> | null = null
  #asked = 0

  constructor(world: SessionWorld) {
    this.#world = world
  }

  /** Begins with whoever was here last. */
  async start(): Promise<void> {
    const known = this.#world.recall() ?? (await this.#world.recallKept())
    if (known && !this.view.get().member) this.view.set({ status: 'signed-in', ...known })
    await this.check()
  }

  /** Asks the server who this is; keeps the remembered person while it does not answer. */
  async check(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const question = ++this.#asked
    const asked = await this.#world.ask()
    // An answer to an earlier question may come later, and says how it was.
    if (question !== this.#asked) return
    const { member, team } = this.view.get()
    if (asked.kind === 'unreachable') {
      this.#timer = setTimeout(() => void this.check(), RETRY_MS)
      if (!member) this.view.set({ status: 'signed-out', isUnreached: true })
    } else if (asked.kind === 'nobody') {
      this.view.set({ status: 'signed-out', ...(member && { member }), ...(team && { team }) })
    } else {
      this.#world.remember({ member: asked.member, team: asked.team })
      if (member && (member.id !== asked.member.id || team?.id !== asked.team.id)) return this.#world.restart()
      const isOutdated = asked.version !== undefined && asked.version !== this.#world.version
      this.view.set({ status: 'signed-in', member: asked.member, team: asked.team, isOutdated })
    }
  }
}
