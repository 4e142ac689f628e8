import type { LeaderStatus } from '../protocol.ts'
import type { DeviceTrouble } from '../shown.ts'

/** What is wrong with keeping things on this device, and what helps; null while nothing is. `isOutdated`: a page of another version leads; `unreadable`: why what is kept cannot be read. */
export function sayDevice(
  { storage, refusal, thrownAway }: LeaderStatus,
  isOutdated: boolean,
  unreadable: string | null,
): DeviceTrouble | null {
  if (isOutdated)
    return {
      kind: 'outdated',
      sentence: 'Another version of Slipway is open in this browser. What you wrote here is kept; reload this page to go on.',
    }
  if (storage === 'newer')
    return {
      kind: 'newer',
      sentence:
        'This browser keeps data of a newer Slipway. Reload to get it. Until then nothing you write is kept on this device: leave the page open until it is on the server.',
    }
  if (storage === 'memory')
    return {
      kind: 'nothing',
      sentence:
        'This browser keeps nothing of Slipway: it is a private window, or its storage is turned off. What you write is safe once it is on the server; leave the page open until then.',
    }
  if (storage === 'failing')
    return {
      kind: 'refuses',
      sentence: `This device refuses to keep your changes: ${refusal}. Free some space; it is tried again every two seconds.`,
    }
  // Last: its cure is to reload the page, which loses what is nowhere else.
  const gone = thrownAway === null ? null : sayThrownAway(thrownAway)
  const sentence = [gone, unreadable].filter((each) => each !== null).join(' ')
  return sentence === '' ? null : { kind: gone === null ? 'unreadable' : 'thrown-away', sentence }
}

/** The thread that keeps and reads everything here could not be loaded. */
export const NOT_STARTED = 'A part of Slipway could not be loaded. Reload the page to try again.'

/** The tables of this browser gave no answer. */
export const sayUnreadable = (cause: string): string =>
  `What this browser keeps cannot be read (${cause}). Nothing you wrote is lost by it; reload the page to try again.`

function sayThrownAway(changes: number): string {
  const what = 'What Slipway kept in this browser was thrown away, by the browser or by somebody who cleared it.'
  if (changes === 0) return `${what} Nothing you wrote is lost by it.`
  return `${what} Changes that had not reached the server are gone with it; everything else comes back from there.`
}
