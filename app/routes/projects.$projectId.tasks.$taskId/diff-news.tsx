import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { classes } from '#app/ui/classes.ts'
import { Switch } from '#app/ui/switch.tsx'
import { type FileStanding, isNews } from '#domain/changes/viewed.ts'
import type { Views } from './use-views.ts'

/** What is new about a file to whoever reads, in a word. */
export function NewsBadge({ standing }: { standing: FileStanding }) {
  if (!isNews(standing)) return null
  return (
    <Badge tone={standing.wasViewed ? 'warn' : 'accent'} className="shrink-0">
      {sayNews(standing)}
    </Badge>
  )
}

const sayNews = ({ kind, wasViewed }: FileStanding): string =>
  kind === 'new' ? 'new since you looked' : wasViewed ? 'changed since you viewed it' : 'changed since you looked'

type NewsLineProps = { standing: FileStanding; hidden: number; showAll: () => void }

/** What else there is to know of a file that is new to whoever reads: what cannot be compared, what was taken back, what is hidden. */
export function NewsLine({ standing, hidden, showAll }: NewsLineProps) {
  if (!isNews(standing)) return null
  const { since } = standing
  const said = [
    standing.kind === 'changed' && since === null && 'What you saw before is not on this device, so all of it is shown.',
    // As many as are new were written anew, which one sees.
    since && since.gone > since.hunks.size && 'Something you had seen was taken back.',
    hidden > 0 && `${places(hidden)} you have seen ${hidden === 1 ? 'is' : 'are'} hidden.`,
  ].filter((sentence) => typeof sentence === 'string')
  return (
    <p
      className={classes(
        'flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line px-3 py-1.5 text-xs text-muted',
        said.length === 0 && 'md:hidden',
      )}
    >
      <span className="md:hidden">
        <NewsBadge standing={standing} />
      </span>
      {said.join(' ')}
      {hidden > 0 && (
        <Button look="quiet" size="small" onPress={showAll} className="-my-1 h-6">
          Show the whole file
        </Button>
      )}
    </p>
  )
}

const places = (count: number): string => (count === 1 ? 'One place' : `${count} places`)

type NewsBarProps = { views: Views; onlyNews: boolean; setOnlyNews: (only: boolean) => void }

/** What of a change is new since its reader looked, and the switch that leaves out the rest. Nothing where they see it for the first time. */
export function NewsBar({ views, onlyNews, setOnlyNews }: NewsBarProps) {
  const { newsCount, gone } = views
  if (newsCount === 0 && gone.length === 0 && !onlyNews) return null
  return (
    <section aria-label="Since you looked" className="mx-4 mb-3 rounded-md bg-accent-soft px-3 py-2 text-sm">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="flex-1 whitespace-nowrap">
          {newsCount === 0 ? 'No file' : newsCount === 1 ? 'One file' : `${newsCount} files`} changed since you looked.
        </p>
        <Switch isSelected={onlyNews} onChange={setOnlyNews}>
          Only what changed since I looked
        </Switch>
      </div>
      {gone.length > 0 && <p className="mt-1 text-xs break-all text-muted">No longer changed: {gone.join(', ')}</p>}
    </section>
  )
}
