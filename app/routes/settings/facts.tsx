import type { ReactNode } from 'react'

/** Pairs of a word and what it is here. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface text-sm">
      {facts.map(([word, value]) => (
        <div key={word} className="grid gap-x-4 px-4 py-2 md:grid-cols-[180px_minmax(0,1fr)]">
          <dt className="text-muted">{word}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
