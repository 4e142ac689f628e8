import { NavLink, Outlet } from '@remix-run/react'
import ArrowLeftRight from 'lucide-react/icons/arrow-left-right'
import AtSign from 'lucide-react/icons/at-sign'
import Boxes from 'lucide-react/icons/boxes'
import FolderGit2 from 'lucide-react/icons/folder-git-2'
import Gauge from 'lucide-react/icons/gauge'
import Info from 'lucide-react/icons/info'
import UserRound from 'lucide-react/icons/user-round'
import Users from 'lucide-react/icons/users'
import type { ReactNode } from 'react'
import { PageFailed } from '#app/shell/page-failed.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'

export const meta = () => [{ title: 'Settings · Slipway' }]

const PAGES = [
  { to: '/settings/models', label: 'Models', icon: Boxes },
  { to: '/settings/members', label: 'Members', icon: Users },
  { to: '/settings/repos', label: 'Repositories', icon: FolderGit2 },
  { to: '/settings/limits', label: 'Limits', icon: Gauge },
  { to: '/settings/tags', label: 'Tags', icon: AtSign },
  { to: '/settings/transfer', label: 'Export and import', icon: ArrowLeftRight },
  { to: '/settings/yours', label: 'Yours', icon: UserRound },
  { to: '/settings/about', label: 'About', icon: Info },
] as const

/** Settings of the team and of this device. */
export default function Settings() {
  return (
    <AmongPages>
      <Outlet />
    </AmongPages>
  )
}

/** The pages around one that failed stay, and with them every other place. */
export function ErrorBoundary() {
  return (
    <AmongPages>
      <PageFailed isPage={false} />
    </AmongPages>
  )
}

function AmongPages({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Settings" />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <nav
          aria-label="Settings"
          className="flex shrink-0 flex-wrap gap-1 border-b border-line p-2 md:w-48 md:flex-nowrap md:flex-col md:border-r md:border-b-0 md:p-3"
        >
          {PAGES.map(({ to, label, icon: Icon }) => (
            <NavLink
              key={to}
              to={to}
              className="flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-sm text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink pointer-coarse:h-10"
            >
              <Icon aria-hidden className="size-4 max-md:hidden" />
              {label}
            </NavLink>
          ))}
        </nav>
        <div className="min-h-0 min-w-0 flex-1 overflow-auto scroll-thin">
          <div className="mx-auto max-w-4xl px-4 py-5 md:px-6">{children}</div>
        </div>
      </div>
    </div>
  )
}
