import { useEffect, useState } from 'react'
import { v7 } from 'uuid'
import { useConsequence, useQuery } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { sayStart } from '#app/work/say-start.ts'
import type { RowIn } from '#domain/core/query.ts'
import { projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { schedulesAt } from '#domain/schedules/queries.ts'
import { GRACE_MS, standingOf } from '#domain/schedules/rules.ts'
import { useWaiting } from './use-task.ts'
import { REPEAT_WORDS } from './when.tsx'

type Scheduled = RowIn<typeof schedulesAt>
type StartsLaterProps = { projectId: string; taskId: string; outbox: readonly OutboxItem[]; isReadOnly: boolean }

/** What is to begin at the card by itself, and what should have: when, with whom, and the ways to change that. */
export function StartsLater({ projectId, taskId, outbox, isReadOnly }: StartsLaterProps) {
  const rows = useQuery(schedulesAt(projectId, taskId))
  const isAsked = (id: string) =>
    outbox.some(({ state, input }) => state !== 'refused' && (input as { scheduleId?: string }).scheduleId === id)
  return (
    <>
      {rows?.map((row) => (
        <Line key={row.id} projectId={projectId} row={row} isPending={isAsked(row.id)} isReadOnly={isReadOnly} />
      ))}
    </>
  )
}

function Line({ projectId, row, isPending, isReadOnly }: { projectId: string; row: Scheduled; isPending: boolean; isReadOnly: boolean }) {
  const ask = useConsequence()
  const standing = standingOf(row, useNowAround(row.at))
  const { id: scheduleId, taskId, modelId, modelLabel, targetBranch, at, repeats, timeZone, missedAt } = row
  const waiting = useWaiting(projectId, taskId)
  const inRecord = { rooms: [recordRoom(projectId)] }
  const takeOff = () => void ask('schedules.cancel', { projectId, taskId, scheduleId }, inRecord)
  const startNow = () => {
    const rooms = { rooms: [projectRoom(projectId), teamRoom] }
    void ask('attempts.start', { attemptId: v7(), projectId, taskId, modelId, targetBranch: targetBranch ?? undefined, waiting }, rooms)
    // Set anew, one that repeats forgets what it missed.
    if (repeats === 'never') takeOff()
    else void ask('schedules.set', { projectId, taskId, scheduleId, modelId, targetBranch, at, repeats, timeZone }, inRecord)
  }
  const who = `with ${modelLabel}`
  const again = repeats === 'never' ? '' : `, ${REPEAT_WORDS[repeats].toLowerCase()}, each time at a copy of this card`
  return (
    <Banner
      kind={standing === 'missed' ? 'warning' : 'info'}
      className="mb-2"
      actions={
        !isReadOnly && (
          <>
            {standing !== 'waits' && (
              <Button size="small" isPending={isPending} onPress={startNow}>
                Start now
              </Button>
            )}
            <Button size="small" look="quiet" isPending={isPending} onPress={takeOff}>
              {standing === 'missed' && repeats === 'never' ? 'Dismiss' : 'Take it off'}
            </Button>
          </>
        )
      }
    >
      {standing === 'missed' ? (
        <>
          Missed: it was to start {sayStart(missedAt ?? at)} {who}. {row.reason ?? 'Nothing looked after it at that time.'}
          {repeats !== 'never' && missedAt !== null && ` Next time: ${sayStart(at)}${again}.`}
        </>
      ) : standing === 'due' ? (
        `It was to start ${sayStart(at)} ${who}, and begins as soon as a runner is connected.`
      ) : (
        `Starts ${sayStart(at)} ${who}${again}.`
      )}
    </Banner>
  )
}

/** The time, told anew when something that has one comes due, and when that is over. */
function useNowAround(at: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const next = [at, at + GRACE_MS].find((moment) => moment >= now)
    // Longer than a browser can wait at once it looks again.
    const timer = next === undefined ? undefined : setTimeout(() => setNow(Date.now()), Math.min(next - now + 1000, 3_600_000))
    return () => clearTimeout(timer)
  }, [at, now])
  return now
}
