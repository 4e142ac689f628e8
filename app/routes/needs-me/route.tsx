import BellDot from 'lucide-react/icons/bell-dot'
import CircleCheckBig from 'lucide-react/icons/circle-check-big'
import { type ReactNode, useState } from 'react'
import { useNotifyChoice } from '#app/needs/notify-choice.ts'
import { useNeedsOf } from '#app/needs/use-needs.ts'
import { PageFailed } from '#app/shell/page-failed.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Tabs } from '#app/ui/tabs.tsx'
import type { Need } from '#domain/needs/rules.ts'
import { LoadingRows } from '../settings/rows.tsx'
import { NeedList } from './need-list.tsx'
import { NotifySwitch, NotifyTrouble } from './notify-switch.tsx'

export const meta = () => [{ title: 'Needs me · Slipway' }]

/** What goes no further before a person has looked at it, over all projects. */
export default function NeedsMe() {
  const [tab, setTab] = useState('mine')
  const [notify, choose] = useNotifyChoice()
  const mine = useNeedsOf('mine')
  const everyones = useNeedsOf('everyones', tab === 'everyones')
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Needs me" actions={<NotifySwitch state={notify} choose={choose} />} />
      <NotifyTrouble state={notify} />
      <Tabs
        label="Whose"
        value={tab}
        onChange={setTab}
        className="flex-1"
        panelClassName="overflow-auto scroll-thin"
        pages={[
          {
            id: 'mine',
            label: 'Mine',
            ...(mine ? { count: mine.length } : {}),
            content: (
              <Needs needs={mine}>
                <EmptyState icon={<CircleCheckBig className="size-8" />} title="Nothing needs you">
                  When an agent of yours fails, asks something or is done with a card, it waits for you here, the longest wait first. So
                  does what is assigned to you for review. Until then there is nothing you have to look after.
                </EmptyState>
              </Needs>
            ),
          },
          {
            id: 'everyones',
            label: 'Everyone’s',
            content: (
              <Needs needs={everyones} isEveryones>
                <EmptyState icon={<BellDot className="size-8" />} title="Nobody is waited for">
                  What waits for anybody in the team, you among them, stands here.
                </EmptyState>
              </Needs>
            ),
          },
        ]}
      />
    </div>
  )
}

/** The frame around stays, and with it every other place. */
export function ErrorBoundary() {
  return <PageFailed />
}

function Needs({
  needs,
  isEveryones = false,
  children,
}: {
  needs: readonly Need[] | undefined
  isEveryones?: boolean
  children: ReactNode
}) {
  return (
    <div className="mx-auto max-w-5xl px-4 py-4 max-md:px-2">
      {!needs && <LoadingRows label="Loading what waits" />}
      {needs?.length === 0 && children}
      {needs && needs.length > 0 && <NeedList needs={needs} isEveryones={isEveryones} />}
    </div>
  )
}
