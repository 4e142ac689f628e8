import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LeaderStatus } from '../protocol.ts'
import { StatusBoard } from './status-board.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

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

it('SHELL-2 what is on its way from the server is told when it takes longer than a moment, until it is here', () => {
  const told: number[] = []
  const board = new StatusBoard({}, ({ coming }) => told.push(coming))
  board.setComing('team', 70_000)
  vi.advanceTimersByTime(900)
  board.setComing('team', 0)
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual([])
  board.setComing('project/a', 6_000_000)
  vi.advanceTimersByTime(1_000)
  board.setComing('team', 70_000)
  board.setComing('project/a', 0)
  board.setComing('project/a', 0)
  board.setComing('team', 0)
  expect(told).toEqual([6_000_000, 6_070_000, 70_000, 0])
})
