import { Link } from '@remix-run/react'
import { sayWhy } from '#app/needs/say-need.ts'
import type { Face } from '#app/people/use-people.ts'
import { Avatar } from '#app/ui/avatar.tsx'
import { classes } from '#app/ui/classes.ts'
import { Time } from '#app/ui/time.tsx'
import { pathOf } from '#app/work/path-of.ts'
import { comingFrom } from '#app/work/way-back.ts'
import { LIST } from '#domain/needs/news.ts'
import type { Need } from '#domain/needs/rules.ts'

type Props = { need: Need; project: string; whose: Face | null; person: (id: string) => string }

/** One thing that waits: what and where, why, since when. Bold until this person has looked at it. */
export function NeedRow({ need, project, whose, person }: Props) {
  const { shortId, title, isUnseen, since } = need
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        to={pathOf(need)}
        state={comingFrom(LIST, 'Needs me')}
        className="grid grid-cols-[8px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 px-3 py-2.5 lg:grid-cols-[8px_minmax(0,1fr)_160px_108px] transition-colors hover:bg-hover focus:bg-hover focus-visible:ring-inset-focus"
      >
        <span aria-hidden className={classes('size-2 self-start rounded-full', isUnseen && 'mt-1.5 bg-accent-solid')} />
        <span className="flex min-w-0 items-baseline gap-2">
          {shortId && <span className="shrink-0 text-xs text-faint tabular">{shortId}</span>}
          <span className={classes('truncate text-sm', isUnseen ? 'font-semibold' : 'text-muted')}>{title}</span>
          {isUnseen && <span className="sr-only">, new</span>}
        </span>
        <span title={project} className="hidden truncate text-xs text-muted lg:row-span-2 lg:block lg:self-center">
          {project}
        </span>
        <span className="flex items-center justify-end gap-2 md:row-span-2 md:self-center">
          {whose && <Avatar face={whose} />}
          <Time at={since} className="text-right text-xs whitespace-nowrap text-faint" />
        </span>
        <span className="col-[2/-1] line-clamp-2 text-xs text-muted md:col-[2] md:line-clamp-1">
          <span className="lg:hidden">{project} · </span>
          {sayWhy(need, person)}
        </span>
      </Link>
    </li>
  )
}
