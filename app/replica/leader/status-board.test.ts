import { expect, it } from 'vitest'
import type { LeaderStatus } from '../protocol.ts'
import { StatusBoard } from './status-board.ts'

it('REPLICA-16 what the server says of itself stands until it takes it back or is away', () => {
  const told: LeaderStatus[] = []
  const board = new StatusBoard({}, (status) => told.push(status))
  const last = (): string => told.at(-1)?.trouble ?? 'nothing was told'
  // A server in trouble says so before the room is synced.
  board.setTrouble('team', 'The disk is full.')
  board.setRoom('team', 'online', '')
  expect(last()).toBe('The disk is full.')
  // Every room hears the same; the team's is the one that is always there.
  board.setTrouble('project/a', '')
  board.setRoom('project/a', 'offline', '')
  expect(last()).toBe('The disk is full.')
  board.setTrouble('team', '')
  expect(last()).toBe('')
  board.setTrouble('team', 'The disk is full.')
  board.setRoom('team', 'offline', '')
  expect(last()).toBe('')
})
