import { describe, expect, it } from 'vitest'
import { ROLES, type Role } from '#domain/team/schema.ts'
import { appRouter } from '#server/api/router.ts'
import { decideInvite } from './invites.ts'
import { isFromOurPage, isKnownHost } from './origin.ts'
import { mayCall, mayEnter, mayGrant, mayRename, mayRoom, PROCEDURE_RIGHTS, ROOM_RIGHTS } from './policy.ts'

const procedures = Object.keys(appRouter._def.procedures)
const letter = { viewer: 'v', member: 'm', approver: 'a', admin: 'A', owner: 'o', runner: 'r' } as const

describe('the policy table', () => {
  it('GATE-5 names every procedure there is, and no other', () => {
    const doors = Object.keys(PROCEDURE_RIGHTS).filter((name) => !name.includes(' '))
    expect(doors.sort()).toEqual([...procedures].sort())
  })

  it('GATE-6 is this matrix of procedures × roles, cell by cell', () => {
    const matrix = Object.keys(PROCEDURE_RIGHTS).map(
      (name) =>
        `${name}: ${
          mayCall(null, name)
            ? 'everybody'
            : ROLES.filter((role) => mayCall(role, name))
                .map((role) => letter[role])
                .join('')
        }`,
    )
    expect(matrix.sort()).toEqual([
      'GET /blobs: vmaAor', 'GET /metrics: Ao', 'GET /parcels: Ao', 'POST /blobs: maAor', 'POST /parcels: Ao',
      'attempts.cancel: maAo', 'attempts.followUp: maAo', 'attempts.merge: maAo', 'attempts.resume: maAo', 'attempts.start: maAo',
      'interviews.ask: maAo', 'interviews.stop: maAo', 'invites.accept: everybody', 'invites.create: Ao', 'invites.look: everybody',
      'logs.read: vmaAo', 'logs.tail: vmaAo', 'members.deactivate: Ao', 'members.list: vmaAo', 'members.rename: vmaAo', 'members.setRole: Ao',
      'models.remove: Ao', 'models.save: Ao', 'models.test: Ao', 'parcels.look: Ao', 'pictures.kept: vmaAo', 'pictures.wanted: maAo', 'plans.approve: maAo', 'projects.demand: Ao', 'projects.remove: Ao', 'projects.restore: Ao', 'prompts.approve: aAo',
      'proposals.prompts: maAo', 'proposals.tasks: maAo', 'proposals.title: maAo',
      'repos.branches: vmaAo', 'repos.create: Ao', 'repos.link: Ao',
      'runner.claim: r', 'runner.finish: r', 'runner.hello: r', 'runner.renew: r', 'runner.report: r',
      'schedules.cancel: maAo', 'schedules.set: maAo', 'session.me: everybody', 'session.signIn: everybody', 'session.signOut: everybody', 'session.ticket: vmaAo',
      'settings.save: Ao', 'team.rename: Ao',
      'tokens.create: Ao', 'tokens.list: Ao', 'tokens.revoke: Ao', 'turns.wait: maAo',
    ]) // biome-ignore format: a matrix
  })

  it('X1 everybody may change their own name, an admin that of all but the owner', () => {
    const may = (giver: Role, role: Role): boolean => mayRename({ id: 'giver', role: giver }, { id: 'other', role })
    expect(ROLES.filter((role) => mayRename({ id: 'one', role }, { id: 'one', role }))).toEqual([...ROLES])
    expect(ROLES.filter((role) => may('member', role) || may('approver', role) || may('viewer', role) || may('runner', role))).toEqual([])
    expect(ROLES.filter((role) => !may('admin', role))).toEqual(['owner'])
    expect(ROLES.filter((role) => !may('owner', role))).toEqual(['owner'])
  })

  it('GATE-7 is this matrix of rooms × rights × roles', () => {
    const matrix = (['team', 'project', 'chat', 'record', 'person'] as const).flatMap((kind) =>
      (['read', 'write'] as const).map(
        (right) =>
          `${kind} ${right}: ${ROLES.filter((role) => mayRoom(role, kind, right))
            .map((role) => letter[role])
            .join('')}`,
      ),
    )
    expect(matrix).toEqual([
      'team read: vmaAo',
      'team write: maAo',
      'project read: vmaAo',
      'project write: maAo',
      'chat read: vmaAo',
      'chat write: maAo',
      'record read: vmaAo',
      'record write: ',
      'person read: vmaAo',
      'person write: vmaAo',
    ])
    expect(Object.keys(ROOM_RIGHTS)).toHaveLength(5)
  })

  it('GATE-9 a person’s own room is nobody else’s, whoever they are; other rooms are everybody’s who has the right', () => {
    const [own, others] = [
      { kind: 'person', id: 'me' },
      { kind: 'person', id: 'you' },
    ] as const
    for (const right of ['read', 'write'] as const) {
      expect(ROLES.filter((role) => mayEnter({ memberId: 'me', role }, own, right))).toEqual(ROLES.filter((role) => role !== 'runner'))
      expect(ROLES.filter((role) => mayEnter({ memberId: 'me', role }, others, right))).toEqual([])
      for (const role of ROLES) {
        const room = { kind: 'project', id: 'p' } as const
        expect(mayEnter({ memberId: 'me', role }, room, right)).toBe(mayRoom(role, 'project', right))
      }
    }
  })

  it('GATE-8 refuses what it does not name', () => {
    for (const name of ['', 'nothing', 'session', 'constructor', '__proto__', 'toString', 'attempts.start ']) {
      for (const role of [null, ...ROLES]) expect(mayCall(role, name), `${role} ${name}`).toBe(false)
    }
  })

  it('GATE-1 nobody hands out a role above his own, and nobody the owner or a runner', () => {
    const grants = ROLES.flatMap((giver) => ROLES.filter((role) => mayGrant(giver, role)).map((role) => `${giver}→${role}`))
    expect(grants).toEqual(
      ['admin', 'owner'].flatMap((giver) => ['viewer', 'member', 'approver', 'admin'].map((role) => `${giver}→${role}`)),
    )
  })
})

describe('the door', () => {
  it('GATE-2 an invitation is good once and for seven days', () => {
    const row = { name: 'Bob', role: 'member' as const, invitedBy: 'Ada', expires_at: 1_000, accepted_at: null }
    expect(decideInvite(row, 999)).toEqual({ ok: true, value: { name: 'Bob', role: 'member', invitedBy: 'Ada' } })
    expect(decideInvite(row, 1_000)).toMatchObject({ ok: false, code: 'invite-expired' })
    expect(decideInvite({ ...row, accepted_at: 1 }, 5)).toMatchObject({ ok: false, code: 'invite-used' })
    expect(decideInvite(undefined, 5)).toMatchObject({ ok: false, code: 'invite-unknown' })
  })

  it('GATE-3 answers to names of this machine only', () => {
    for (const host of ['localhost', 'localhost:4600', '127.0.0.1:4600', '[::1]:4600', 'LOCALHOST:1'])
      expect(isKnownHost({ host }), host).toBe(true)
    for (const host of [
      undefined,
      '',
      'evil.test',
      'localhost.evil.test',
      'evil.test:4600',
      '127.0.0.1.evil.test',
      'localhost:4600@evil.test',
      '10.0.0.1',
      'xlocalhost',
    ])
      expect(isKnownHost({ host }), String(host)).toBe(false)
  })

  it('GATE-4 a cookie counts from our own page only', () => {
    const host = 'localhost:4600'
    const cases: [string | undefined, string | undefined, boolean, boolean][] = [
      ['http://localhost:4600', undefined, true, true],
      ['http://localhost:4600', 'same-origin', true, true],
      [undefined, 'same-origin', true, true],
      [undefined, undefined, true, false],
      [undefined, 'none', true, false],
      [undefined, 'cross-site', true, false],
      [undefined, 'same-site', true, false],
      ['null', undefined, true, false],
      ['http://localhost:4601', undefined, true, false],
      ['http://evil.test', undefined, true, false],
      ['http://localhost:4600.evil.test', undefined, true, false],
      ['http://evil.test', 'same-origin', true, false],
      ['nonsense', undefined, true, false],
      [undefined, undefined, false, true],
      [undefined, 'none', false, true],
      [undefined, 'cross-site', false, false],
      ['http://evil.test', undefined, false, false],
    ]
    for (const [origin, site, mustSay, expected] of cases)
      expect(isFromOurPage({ host, origin, 'sec-fetch-site': site }, mustSay), `${origin} ${site} ${mustSay}`).toBe(expected)
  })
})
