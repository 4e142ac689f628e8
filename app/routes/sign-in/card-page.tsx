import type { ReactNode } from 'react'

/** A page of one card in the middle: for those who are not inside yet. */
export function CardPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-start px-4 pt-[14vh] pb-10">
      <p className="mb-6 flex items-center gap-2 text-lg font-semibold">
        <img src="/icon.svg" alt="" width={24} height={24} className="rounded-md" />
        Slipway
      </p>
      <section className="w-full max-w-[400px] rounded-lg border border-line bg-surface p-6 shadow-lift">
        <h1 className="mb-3 text-xl font-semibold">{title}</h1>
        {children}
      </section>
    </main>
  )
}
