import { type ReactNode, useRef } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs'
import { classes } from './classes.ts'
import { useMoreBeside } from './use-more-beside.ts'

export type TabPage = { id: string; label: string; count?: number; icon?: ReactNode; content: ReactNode }

type TabsProps = {
  label: string
  pages: readonly TabPage[]
  value?: string
  onChange?: (id: string) => void
  className?: string
  panelClassName?: string
}

/** Pages beside each other, one in sight. */
export function Tabs({ label, pages, value, onChange, className, panelClassName }: TabsProps) {
  const row = useRef<HTMLDivElement>(null)
  const { before, after } = useMoreBeside(row, value)
  return (
    <AriaTabs
      {...(value === undefined ? {} : { selectedKey: value })}
      onSelectionChange={(key) => onChange?.(String(key))}
      className={classes('flex min-h-0 min-w-0 flex-col', className)}
    >
      <div className="shrink-0 border-b border-line">
        <TabList
          ref={row}
          aria-label={label}
          className={classes(
            'fade-beside -mb-px flex scroll-px-8 gap-1 overflow-x-auto px-1 [scrollbar-width:none] max-md:gap-0',
            before && '[--before:28px]',
            after && '[--after:28px]',
          )}
        >
          {pages.map((page) => (
            <Tab
              key={page.id}
              id={page.id}
              className="flex h-9 cursor-pointer select-none items-center gap-1.5 border-b-2 border-transparent px-2 text-sm whitespace-nowrap text-muted transition-colors data-hovered:text-ink data-selected:border-accent data-selected:font-medium data-selected:text-ink data-focus-visible:ring-inset-focus max-md:px-1.5 pointer-coarse:h-11"
            >
              {page.icon}
              {page.label}
              {page.count !== undefined && page.count > 0 && (
                <span className="rounded-full bg-hover px-1.5 text-xs text-muted tabular">{page.count}</span>
              )}
            </Tab>
          ))}
        </TabList>
      </div>
      {pages.map((page) => (
        <TabPanel
          key={page.id}
          id={page.id}
          className={classes('min-h-0 min-w-0 flex-1 outline-none data-focus-visible:ring-inset-focus', panelClassName)}
        >
          {page.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
