import { expect, it } from 'vitest'
import { Refill } from './refill.ts'

it('REPLICA-21 every room has its turn once, one after the other, also when one cannot be opened; asked again it begins again', async () => {
  const synced: string[] = []
  const refill = new Refill({
    rooms: () => ['chat/a', 'chat/broken', 'chat/b'],
    sync: async (room) => {
      synced.push(room)
      if (room === 'chat/broken') throw new Error('its log cannot be read')
    },
  })
  await Promise.all([refill.begin(), refill.begin()])
  expect(synced).toEqual(['chat/a', 'chat/broken', 'chat/b'])
  await refill.begin()
  expect(synced).toHaveLength(6)
})
