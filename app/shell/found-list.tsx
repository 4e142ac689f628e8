import FileText from 'lucide-react/icons/file-text'
import FolderGit2 from 'lucide-react/icons/folder-git-2'
import MessageSquareText from 'lucide-react/icons/message-square-text'
import MessagesSquare from 'lucide-react/icons/messages-square'
import SquareKanban from 'lucide-react/icons/square-kanban'
import type { ReactNode } from 'react'
import { Header, MenuItem, MenuSection, Text } from 'react-aria-components/Menu'
import { choiceClasses } from '#app/ui/popover.tsx'
import { pathOf } from '#app/work/path-of.ts'
import { inWords } from '#domain/core/lifecycle.ts'
import { type FoundThing, type FoundWords, wordsOf } from '#domain/search/find.ts'
import type { Found } from './next-found.ts'
import { plainExcerpt } from './plain-excerpt.ts'

const ICONS: Readonly<Record<FoundThing['kind'], ReactNode>> = {
  project: <FolderGit2 className="size-4" />,
  card: <SquareKanban className="size-4" />,
  prompt: <FileText className="size-4" />,
  interview: <MessagesSquare className="size-4" />,
}

/** What was found, as sections of the command bar. */
export function foundSections({ things, said }: Found, { typed, projectId, go }: { typed: string; projectId: string | null; go: Go }) {
  const words = wordsOf(typed)
  const row = (section: string, found: FoundThing | FoundWords, icon: ReactNode, state: string | null) => (
    <MenuItem
      key={`${section} ${found.kind} ${found.id}`}
      id={`${FOUND}${section} ${found.kind} ${found.id}`}
      textValue={`${found.shortId} ${found.name}`.trim()}
      onAction={() => go(pathOf(found))}
      className={choiceClasses}
    >
      <span aria-hidden className="flex size-4 shrink-0 items-center justify-center text-muted">
        {icon}
      </span>
      {found.shortId && <span className="shrink-0 text-xs text-faint tabular-nums">{found.shortId}</span>}
      <Text slot="label" className="flex min-w-0 flex-1 items-baseline gap-2">
        <span className={found.text ? 'max-w-[60%] shrink-0 truncate' : 'truncate'}>
          <Marked text={found.name} words={words} />
        </span>
        {found.text && (
          <span className="truncate text-xs text-muted">
            <Marked text={plainExcerpt(found.text, words)} words={words} />
          </span>
        )}
      </Text>
      {state && <span className="shrink-0 text-xs text-faint">{state}</span>}
      {found.projectId !== projectId && found.kind !== 'project' && (
        <span className="max-w-28 shrink-0 truncate text-xs text-faint">{found.projectName}</span>
      )}
    </MenuItem>
  )
  return [
    things.length > 0 && (
      <MenuSection key="found" id="found">
        <Header className="px-2 pt-2 pb-1 text-xs text-faint">Found</Header>
        {things.map((thing) => row('thing', thing, ICONS[thing.kind], stateOf(thing)))}
      </MenuSection>
    ),
    said.length > 0 && (
      <MenuSection key="said" id="said">
        <Header className="px-2 pt-2 pb-1 text-xs text-faint">Said in conversations and comments</Header>
        {said.map((words) => row('said', words, <MessageSquareText className="size-4" />, null))}
      </MenuSection>
    ),
  ]
}

type Go = (path: string) => void

/** How the keys of what was found begin: it needs no second look at whether it has the words. */
export const FOUND = 'found '

const stateOf = ({ status, archived }: FoundThing): string | null => (archived ? 'archived' : status && inWords(status))

/** A text in which the words one looked for stand out. */
function Marked({ text, words }: { text: string; words: readonly string[] }) {
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  if (!pattern) return text
  // Splitting by a group leaves what it caught at every second place.
  return text.split(new RegExp(`(${pattern})`, 'giu')).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name
      <mark key={at} className="bg-transparent font-medium text-accent">
        {part}
      </mark>
    ) : (
      part
    ),
  )
}
