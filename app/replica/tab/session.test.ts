import { describe, expect, it } from 'vitest'
import type { Who } from './remembered.ts'
import { type Asked, Session, type SessionWorld } from './session.ts'

const ada: Who = { member: { id: 'ada', username: 'Ada', role: 'owner' }, team: { id: 'team', name: 'Harbour' } }

function session(world: Partial<SessionWorld>): Session {
  const away = async (): Promise<Asked> => ({ kind: 'unreachable' })
  return new Session({
    version: '1.2.3',
    ask: away,
    recall: () => null,
    recallKept: async () => null,
    remember: () => undefined,
    restart: () => undefined,
    ...world,
  })
}

describe('REPLICA-9 who is using this browser', () => {
  it('is known at once from the last time, and without a server', async () => {
    const known = session({ recall: () => ada })
    const started = known.start()
    expect(known.view.get()).toMatchObject({ status: 'signed-in', member: ada.member })
    await started
    expect(known.view.get()).toMatchObject({ status: 'signed-in', member: ada.member })
  })

  it('is known from the disk where the browser was killed before it wrote its quick memory', async () => {
    const known = session({ recallKept: async () => ada })
    await known.start()
    expect(known.view.get()).toMatchObject({ status: 'signed-in', member: ada.member, team: ada.team })
  })

  it('is nobody where nothing is remembered and no server answers', async () => {
    const nobody = session({})
    await nobody.start()
    expect(nobody.view.get()).toEqual({ status: 'signed-out', isUnreached: true })
  })

  it('is asked for once the server answers that it knows nobody', async () => {
    const nobody = session({ ask: async () => ({ kind: 'nobody' }) })
    await nobody.start()
    expect(nobody.view.get()).toEqual({ status: 'signed-out' })
  })

  it('is who the last question was answered with, though an answer to an earlier one comes later', async () => {
    const answers: ((asked: Asked) => void)[] = []
    const renamed = session({ recall: () => ada, ask: () => new Promise((resolve) => answers.push(resolve)) })
    const asked = [renamed.start(), renamed.check()]
    answers[1]?.({ kind: 'me', ...ada, member: { ...ada.member, username: 'Ada L.' } })
    answers[0]?.({ kind: 'me', ...ada })
    await Promise.all(asked)
    expect(renamed.view.get().member?.username).toBe('Ada L.')
  })

  it('VERSION-3 a server of another version is noticed, and one of this page’s is not', async () => {
    for (const [version, isOutdated] of [
      ['1.2.3', false],
      ['1.3.0', true],
    ] as const) {
      const told = session({ recall: () => ada, ask: async () => ({ kind: 'me', ...ada, version }) })
      await told.start()
      expect(told.view.get().isOutdated).toBe(isOutdated)
    }
  })

  it('what the server says counts more, and somebody else starts the page anew', async () => {
    let restarts = 0
    const other = { ...ada, member: { ...ada.member, id: 'bob' } }
    const told = session({ recall: () => ada, ask: async () => ({ kind: 'me', ...other }), restart: () => restarts++ })
    await told.start()
    expect(restarts).toBe(1)
  })
})
