import { useEffect } from 'react'
import { untold } from '#domain/needs/news.ts'

const IN_SIGHT = 'slipway-in-sight:'
const TELLING = 'slipway-telling'
const TOLD = 'slipway.told'

/** Says to the other pages of this browser which page is in sight, as a lock held while it is: a page that dies lets go by itself. */
export function useSayInSight(path: string | null): void {
  useEffect(() => {
    if (path === null || !navigator.locks) return
    let leave: () => void = () => undefined
    const left = new Promise<void>((resolve) => {
      leave = resolve
    })
    void navigator.locks.request(IN_SIGHT + path, { mode: 'shared' }, () => left)
    return leave
  }, [path])
}

/** The pages of this browser that are in sight; without locks only `own` is known. */
export async function pathsInSight(own: string | null): Promise<string[]> {
  const held = navigator.locks ? ((await navigator.locks.query()).held ?? []) : []
  const others = held.flatMap(({ name }) => (name?.startsWith(IN_SIGHT) ? name.slice(IN_SIGHT.length) : []))
  return own === null || others.includes(own) ? others : [own, ...others]
}

/** Of some keys those that no page of this browser has told yet; from now on they are told. */
export async function firstToTell(keys: readonly string[]): Promise<string[]> {
  const take = (): string[] => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(TOLD) ?? '[]')
      const { fresh, told } = untold(Array.isArray(kept) ? kept.map(String) : [], keys)
      localStorage.setItem(TOLD, JSON.stringify(told))
      return fresh
    } catch {
      // Where nothing is kept each page tells for itself.
      return [...keys]
    }
  }
  return navigator.locks ? await navigator.locks.request(TELLING, take) : take()
}
