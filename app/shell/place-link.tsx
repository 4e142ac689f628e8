import { NavLink } from '@remix-run/react'
import { classes } from '#app/ui/classes.ts'
import { Tooltip } from '#app/ui/tooltip.tsx'
import type { Place } from './navigation.ts'

/** A place in the sidebar; in a narrow one its icon alone. */
export function PlaceLink({ place, isNarrow }: { place: Place; isNarrow: boolean }) {
  const link = (
    <NavLink
      to={place.to}
      end={place.isExact ?? false}
      aria-label={sayPlace(place)}
      className={({ isActive }) =>
        classes(
          'relative flex h-8 items-center gap-2.5 rounded-md text-sm transition-colors',
          isNarrow ? 'mx-auto w-9 justify-center' : 'px-2',
          isActive ? 'bg-pressed font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
        )
      }
    >
      <place.icon aria-hidden className="size-4 shrink-0" />
      {!isNarrow && place.label}
      <Unseen count={place.count} isDot={isNarrow} />
    </NavLink>
  )
  return isNarrow || place.keys ? (
    <Tooltip text={place.label} keys={place.keys}>
      {link}
    </Tooltip>
  ) : (
    link
  )
}

/** `Needs me, 3 new`. */
export const sayPlace = ({ label, count = 0 }: Place): string => (count > 0 ? `${label}, ${count} new` : label)

/** How much in a place is new; as a dot where a number has no room. */
export function Unseen({ count = 0, isDot }: { count?: number | undefined; isDot: boolean }) {
  if (count === 0) return null
  if (isDot) return <span aria-hidden className="absolute top-1 right-1 size-2 rounded-full bg-accent-solid" />
  return (
    <span
      aria-hidden
      className="ml-auto min-w-5 rounded-full bg-accent-solid px-1.5 text-center text-xs leading-5 font-medium text-on-solid tabular"
    >
      {count}
    </span>
  )
}
