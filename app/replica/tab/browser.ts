import type { Me, Team } from '../shown.ts'
import { type Api, askSession, openApi } from './api.ts'
import { readMark, writeMark } from './kept-mark.ts'
import { recall, recallKept, remember } from './remembered.ts'
import { Replica, replicaName, startWorker, talkedVersion } from './replica.ts'
import { Session } from './session.ts'
import { Signal } from './signal.ts'
import type { SyncState } from './sync-state.ts'

/** Everything this tab has: made once, when the first page asks for it, and alive until the tab closes. */
export type Browser = { api: Api; session: Session; replica: Signal<Replica | null>; notices: Set<(sentence: string) => void> }

let browser: Browser | null = null

/** This tab's session and replica. Only in a browser: pages are also drawn once in Node while building. */
export function openBrowser(): Browser {
  browser ??= start()
  return browser
}

function start(): Browser {
  const { origin } = window.location
  const notices = new Set<(sentence: string) => void>()
  const tell = (sentence: string): void => {
    for (const notice of notices) notice(sentence)
  }
  const replica = new Signal<Replica | null>(null)
  const session = new Session({
    version: __SLIPWAY_VERSION__,
    ask: askSession(`${origin}/trpc`),
    recall,
    recallKept,
    // A browser that keeps nothing says so elsewhere.
    remember: (who) => void remember(who).catch(() => undefined),
    restart: () => window.location.reload(),
  })
  session.view.subscribe(() => {
    const { member, team, status } = session.view.get()
    if (!member || !team) return
    const running = replica.get()
    if (running) running.setMe(member)
    else replica.set(startReplica(member, team, tell, session))
    if (running && status === 'signed-in' && running.sync.status.get().connection === 'refused') running.reconnect()
  })
  void session.start()
  window.addEventListener('online', () => void session.check())
  return { api: openApi(`${origin}/trpc`), session, replica, notices }
}

function startReplica(member: Me, team: Team, tell: (sentence: string) => void, session: Session): Replica {
  const database = replicaName(team, member)
  const { origin } = window.location
  const takeOver = startWorker({ database, memberId: member.id, origin, marked: readMark(database) }, () => replica.notStarted())
  const replica = new Replica(database, talkedVersion(), member, tell)
  // A phone stops pages nobody looks at, their workers with them: the page one looks at must not wait for those.
  replica.onLeaderSilent = () => {
    if (document.visibilityState === 'visible') takeOver()
  }
  replica.onOlderLeader = takeOver
  let { connection } = replica.sync.status.get()
  replica.sync.status.subscribe(() => {
    const before = connection
    connection = replica.sync.status.get().connection
    // Turned away: ask why. The session may have ended, or the role have changed. And a server that is back may be another version.
    if (connection !== before && (connection === 'refused' || before === 'offline')) void session.check()
  })
  keepMarked(database, replica.sync)
  return replica
}

const MARKED_AFTER_MS = 1_000

/** Notes outside of the storage what is in it, and asks that it stay once there is something in it that the server does not have. */
function keepMarked(database: string, sync: SyncState): void {
  let isDue = false
  let marked: number | null = null
  let hasAsked = false
  const mark = (): void => {
    isDue = false
    const { waiting } = sync.view.get()
    if (sync.status.get().storage !== 'kept' || !sync.isKnown || waiting === marked) return
    marked = waiting
    writeMark(database, waiting)
  }
  sync.view.subscribe(() => {
    if (!isDue) setTimeout(mark, MARKED_AFTER_MS)
    isDue = true
    if (hasAsked || !sync.hasUnkept) return
    hasAsked = true
    void navigator.storage?.persist?.().catch(() => false)
  })
}
