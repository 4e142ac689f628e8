import { useLocation, useNavigate } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { sayNews } from '#app/ui/toasts.tsx'
import { pathOf } from '#app/work/path-of.ts'
import { decideWay, keyOf, LIST, newsIn } from '#domain/needs/news.ts'
import type { Need } from '#domain/needs/rules.ts'
import { useMyNeeds } from './my-needs.tsx'
import { mayNotify } from './notify-choice.ts'
import { sayWhy, WHY_WORDS } from './say-need.ts'
import { firstToTell, pathsInSight, useSayInSight } from './tabs-in-sight.ts'
import { useInSight } from './use-in-sight.ts'

/** More than this at once is said in one sentence. */
const MOST_APART = 3

type News = { key: string; path: string; title: string; words: string }

/** Tells this person what has come to need them: on the page they look at, else by a notification; each thing once a browser. */
export function useAnnouncements(): void {
  const needs = useMyNeeds()
  const person = usePeople()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const isInSight = useInSight()
  const own = isInSight ? pathname : null
  useSayInSight(own)
  const known = useRef(new Set<string>())
  const openedAt = useRef(Date.now())
  const present = useRef({ own, navigate })
  present.current = { own, navigate }
  useEffect(() => {
    if (!needs) return
    const news = newsIn(needs, known.current, openedAt.current)
    for (const need of needs) known.current.add(keyOf(need))
    if (news.length === 0) return
    const inSight = present.current.own
    void tell(
      news.map((need) => inWords(need, (id) => person(id).name)),
      inSight,
      (path) => present.current.navigate(path),
    )
  }, [needs, person])
}

/** `own` is the page's path while it is in sight. */
async function tell(news: readonly News[], own: string | null, go: (path: string) => void): Promise<void> {
  const place = { isInSight: own !== null, pathsInSight: await pathsInSight(own), mayNotify: mayNotify() }
  const mine = await firstToTell(news.flatMap(({ key, path }) => (decideWay(place, path) ? key : [])))
  const told = news.filter(({ key, path }) => mine.includes(key) && decideWay(place, path) !== 'shown')
  for (const { path, ...one } of told.length > MOST_APART ? [inShort(told)] : told) {
    if (place.isInSight) sayNews(`${one.title}: ${one.words}`, () => go(path))
    else notify(one, () => go(path))
  }
}

const shorten = (words: string): string => (words.length > 90 ? `${words.slice(0, 89).trimEnd()}…` : words)

const inWords = (need: Need, person: (id: string) => string): News => ({
  key: keyOf(need),
  path: pathOf(need),
  title: `${need.shortId} ${need.title}`.trim(),
  words: `${WHY_WORDS[need.why]}. ${shorten(sayWhy(need, person))}`,
})

const inShort = (news: readonly News[]): News => ({
  key: 'many',
  path: LIST,
  title: `${news.length} things need you`,
  words: news.map(({ title }) => title).join(', '),
})

function notify({ key, title, words }: Omit<News, 'path'>, go: () => void): void {
  try {
    const notification = new Notification(title, { body: words, tag: key, icon: '/icon.svg' })
    notification.onclick = () => {
      window.focus()
      go()
      notification.close()
    }
  } catch {
    // Some phones let only a service worker notify: the navigation counts it all the same.
  }
}
