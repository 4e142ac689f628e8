import { memo, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { type ChangeData, Decoration, type DiffProps, Diff as DiffTable, type EventMap, Hunk, type RenderToken } from 'react-diff-view'
import { classes } from '#app/ui/classes.ts'
import { GapRow } from './diff-gap.tsx'
import type { DiffFile } from './diff-hunks.ts'
import type { Gap, OpenHunk } from './diff-more.ts'
import { type Look, type TableOfHunks, tablesOf } from './diff-tables.ts'
import { DrawnFile } from './drawing-line.ts'
import type { More } from './use-more.ts'
import { useTokens } from './use-tokens.ts'
import './diff.css'

type Widgets = Record<string, ReactNode>

type SameForAll = {
  kind: DiffFile['kind']
  look: Look
  gutterEvents: EventMap
  /** Lines that are new to whoever reads. */
  news: ReadonlySet<ChangeData>
  isReadOnly: boolean
  more: More | null
}

type DiffLinesProps = Omit<SameForAll, 'kind'> & {
  file: DiffFile
  /** What is left out below the last hunk. */
  after: Gap | null
  /** What stands under lines, by the keys of these. */
  widgets: Widgets
  /** The line the keyboard is at. */
  current: string | null
}

const LINE_PX = 20
/** Two columns of numbers, and what is around a line. */
const BESIDE_LINE = '7rem'
const NO_WIDGETS: Widgets = {}

/** The lines of a file, in tables of which the browser lays out and paints those in sight. */
export function DiffLines({ file, after, widgets, current, ...rest }: DiffLinesProps) {
  const { look, more } = rest
  const tables = useMemo(() => tablesOf(file.hunks, look), [file, look])
  // Whoever has no notes is not drawn anew for those of another.
  const owns = useMemo(() => tables.map((table) => ownOf(widgets, table)), [tables, widgets])
  const widest = useMemo(() => longestLine(file), [file])
  const drawn = useMemo(() => new DrawnFile(file), [file])
  useEffect(() => () => drawn.close(), [drawn])
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (current !== null) box.current?.querySelector('.diff-gutter-selected')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const isLong = tables.length > 1
  // A table that is not laid out has no width. The longest line has it for all of them, so that nothing grows while one scrolls.
  const minWidth = isLong && look === 'unified' ? `calc(${widest}ch + ${BESIDE_LINE})` : undefined
  return (
    <div ref={box} style={{ minWidth }} className="font-mono text-xs">
      {tables.map((table, at) => (
        <Table
          // Of another look it is another table: a browser remembers how high one was when it last laid it out.
          // biome-ignore lint/suspicious/noArrayIndexKey: tables stand in the order of the file's lines, and that is all that tells them apart
          key={`${look} ${at}`}
          kind={file.kind}
          table={table}
          drawn={drawn}
          isOneOfMany={isLong}
          isApart={at > 0 && !table.goesOn}
          widgets={owns[at] ?? NO_WIDGETS}
          current={current !== null && table.keys.has(current) ? current : null}
          {...rest}
        />
      ))}
      {more && after && <GapRow gap={after} more={more} />}
    </div>
  )
}

type Marking = NonNullable<DiffProps['generateLineClassName']>
type TableProps = SameForAll &
  Pick<DiffLinesProps, 'widgets' | 'current'> & {
    table: TableOfHunks
    drawn: DrawnFile
    /** Then it is left out while it is not in sight. */
    isOneOfMany: boolean
    /** It does not go on with what the table before ends in. */
    isApart: boolean
  }

const Table = memo(function Table({ table, drawn, isOneOfMany, isApart, kind, look, widgets, current, news, more, ...props }: TableProps) {
  const { gutterEvents, isReadOnly } = props
  const box = useRef<HTMLDivElement>(null)
  const tokens = useTokens(box, table, drawn)
  const selected = useMemo(() => (current === null ? [] : [current]), [current])
  const markNews = useCallback<Marking>(
    ({ changes }) => (changes.some((change) => change && news.has(change)) ? 'is-news' : undefined),
    [news],
  )
  return (
    <div
      ref={box}
      style={isOneOfMany ? { containIntrinsicSize: `auto 100% auto ${table.lines * LINE_PX}px` } : undefined}
      className={classes(isOneOfMany && '[content-visibility:auto]', isApart && 'border-t-8 border-sunken')}
    >
      <DiffTable
        diffType={kind}
        viewType={look}
        hunks={table.hunks}
        widgets={widgets}
        selectedChanges={selected}
        gutterEvents={gutterEvents}
        tokens={tokens}
        renderToken={renderToken}
        generateLineClassName={markNews}
        className={isReadOnly ? 'slipway-diff' : 'slipway-diff takes-notes'}
      >
        {(hunks: OpenHunk[]) =>
          hunks.flatMap((hunk, at) => {
            const lines = <Hunk key={hunk.content} hunk={hunk} />
            if (!more || !hunk.gap || (at === 0 && table.goesOn)) return lines
            const gap = (
              <Decoration key={`before ${hunk.content}`}>
                <GapRow gap={hunk.gap} more={more} />
              </Decoration>
            )
            return [gap, lines]
          })
        }
      </DiffTable>
    </div>
  )
})

const renderToken: RenderToken = (token, renderDefault, at) =>
  token.type === 'edit' ? <mark key={at}>{token.children?.map(renderDefault)}</mark> : renderDefault(token, at)

function ownOf(widgets: Widgets, { keys }: TableOfHunks): Widgets {
  const own = Object.entries(widgets).filter(([key]) => keys.has(key))
  return own.length === 0 ? NO_WIDGETS : Object.fromEntries(own)
}

const longestLine = (file: DiffFile): number =>
  file.hunks.reduce((most, { changes }) => changes.reduce((longest, { content }) => Math.max(longest, content.length), most), 0)
