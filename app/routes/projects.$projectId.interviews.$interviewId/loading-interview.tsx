import type { ReactNode } from 'react'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'

/** The place of an interview while it is being read, in its final shape. */
export function LoadingInterview({ before }: { before: ReactNode }) {
  return (
    <div className="@container flex h-full min-h-0 flex-col">
      <PageHeader title="Interview" before={before} />
      <Loading label="Loading the interview" className="min-h-0 flex-1 @4xl:grid @4xl:grid-cols-[minmax(0,1fr)_340px]">
        <div className="mx-auto flex w-full max-w-[760px] flex-col gap-4 p-4">
          <Skeleton className="h-4 w-72 max-w-full" />
          <Skeleton className="h-4 w-56" />
          <Skeleton className="h-48 w-full" />
        </div>
        <div className="flex flex-col gap-3 border-line p-4 @4xl:border-l">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-60 w-full" />
        </div>
      </Loading>
    </div>
  )
}
