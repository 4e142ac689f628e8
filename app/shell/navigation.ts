import FolderGit2 from 'lucide-react/icons/folder-git-2'
import History from 'lucide-react/icons/history'
import Inbox from 'lucide-react/icons/inbox'
import MessagesSquare from 'lucide-react/icons/messages-square'
import Settings from 'lucide-react/icons/settings'
import SquareKanban from 'lucide-react/icons/square-kanban'
import TextQuote from 'lucide-react/icons/text-quote'
import type { LucideIcon } from 'lucide-react/types'
import { LIST } from '#domain/needs/news.ts'

export type Place = { to: string; label: string; icon: LucideIcon; isExact?: boolean; keys?: string; count?: number }

/** What waits for one, over all projects, `unseen` of it not looked at. On a phone it stands above the page: below there is room for six. */
export const needsPlace = (unseen: number): Place => ({ to: LIST, label: 'Needs me', icon: Inbox, keys: 'i', count: unseen })

/** The places of a project; without one only the settings. */
export function placesOf(projectId: string | null): Place[] {
  const settings: Place = { to: '/settings', label: 'Settings', icon: Settings }
  if (!projectId) return [{ to: '/', label: 'Projects', icon: SquareKanban, isExact: true }, settings]
  const base = `/projects/${projectId}`
  return [
    { to: base, label: 'Board', icon: SquareKanban, isExact: true },
    { to: `${base}/interviews`, label: 'Interviews', icon: MessagesSquare },
    { to: `${base}/prompts`, label: 'Prompts', icon: TextQuote },
    { to: `${base}/history`, label: 'History', icon: History },
    { to: `${base}/repository`, label: 'Repository', icon: FolderGit2 },
    settings,
  ]
}
