import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AfterPicture } from './picture.ts'

const page = new EventTarget()
const sheet = Object.assign(new EventTarget(), { visibilityState: 'visible' })
let frames: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  frames = []
  sheet.visibilityState = 'visible'
  vi.stubGlobal('document', sheet)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What was done, in its order, and a way to have it done later. */
function watched() {
  const done: string[] = []
  return { done, act: (what: string) => () => void done.push(what) }
}

const paint = (): void => {
  for (const draw of frames.splice(0)) draw()
  vi.advanceTimersByTime(1)
}

it('REPLICA-28 what waits for the picture is done when that is painted, in its order, and what is to stand behind it after it', () => {
  const { done, act } = watched()
  const picture = new AfterPicture()
  picture.behind(act('nothing waits'))
  picture.wait(act('first'))
  picture.behind(act('behind'))
  picture.wait(act('second'))
  expect([done, frames.length]).toEqual([['nothing waits'], 1])
  for (const draw of frames) draw()
  expect(done, 'the callbacks of a frame come before its picture').toHaveLength(1)
  paint()
  expect(done).toEqual(['nothing waits', 'first', 'behind', 'second'])
  picture.wait(act('next'))
  paint()
  expect(done.at(-1)).toBe('next')
})

it('REPLICA-28 it is done at once where somebody must know, and only once', () => {
  const { done, act } = watched()
  const picture = new AfterPicture()
  picture.wait(act('first'))
  picture.release()
  expect(done).toEqual(['first'])
  picture.wait(act('second'))
  paint()
  paint()
  expect(done).toEqual(['first', 'second'])
})

it('REPLICA-28 nothing waits in a page that nobody sees, that is left, or that draws no frames', () => {
  const { done, act } = watched()
  const picture = new AfterPicture()
  picture.wait(act('when it is hidden'))
  sheet.visibilityState = 'hidden'
  sheet.dispatchEvent(new Event('visibilitychange'))
  picture.wait(act('while it is'))
  expect(done).toEqual(['when it is hidden', 'while it is'])
  sheet.visibilityState = 'visible'
  picture.wait(act('when it is left'))
  page.dispatchEvent(new Event('pagehide'))
  picture.wait(act('while it is left'))
  expect(done.slice(2)).toEqual(['when it is left', 'while it is left'])
  page.dispatchEvent(new Event('pageshow'))
  picture.wait(act('without a frame'))
  expect(done).toHaveLength(4)
  vi.advanceTimersByTime(100)
  expect(done.at(-1)).toBe('without a frame')
})
