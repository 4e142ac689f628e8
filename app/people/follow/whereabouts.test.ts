import { expect, test } from 'vitest'
import { isFollowed, leader, projectPath, type States, whereaboutsOf } from './whereabouts.ts'

test('FOLLOW-1 only pages of projects are led to, whatever somebody wrote', () => {
  const good = ['/projects/p1', '/projects/p1/tasks/t1?tab=diff', '/projects/p1?q=pay']
  expect(good.map(projectPath)).toEqual(good)
  for (const bad of [
    null, 7, '', '/', '/settings', '/projects', '/projects/', '/needs-me', '//evil.example/projects/p1', 'https://evil.example/projects/p1',
    'javascript:alert(1)', '/projects/../settings', '/projects/p1/../../join?token=t', `/projects/${'p'.repeat(3_000)}`, '\\\\evil.example/projects/p1',
  ]) // biome-ignore format: a list
    expect(projectPath(bad), String(bad)).toBeNull()
})

const page = (memberId: string, path: unknown, more = {}) => ({ user: { memberId }, path, ...more })

test('FOLLOW-2 somebody is followed while anybody here says so', () => {
  expect(isFollowed(new Map([[1, page('bob', null, { follows: 'ada' })]]), 'ada')).toBe(true)
  expect(isFollowed(new Map([[1, page('bob', null, { follows: 'carol' })]]), 'ada')).toBe(false)
})

test('FOLLOW-3 who has several pages is where they did something last, and a page out of sight leads nowhere', () => {
  const states: States = new Map([
    [1, page('bob', '/projects/p1/prompts')],
    [2, page('ada', null)],
    [3, page('ada', '/projects/p1/tasks/t1', { point: 'c1' })],
    [4, page('ada', '/projects/p1')],
  ])
  expect(leader(states, 'ada', null, [])).toBe(3)
  expect(leader(states, 'ada', 3, [1, 2]), 'of others, or out of sight').toBe(3)
  expect(leader(states, 'ada', 3, [4])).toBe(4)
  expect(leader(states, 'ada', 2, []), 'it went out of sight').toBe(3)
  expect(whereaboutsOf(states, 'ada', 3)).toEqual({ isHere: true, path: '/projects/p1/tasks/t1', point: 'c1' })
  const hidden: States = new Map([[2, page('ada', null)]])
  expect(leader(hidden, 'ada', 3, [3])).toBeNull()
  expect(whereaboutsOf(hidden, 'ada', null)).toEqual({ isHere: true, path: null, point: null })
  expect(whereaboutsOf(hidden, 'carol', null).isHere).toBe(false)
})
