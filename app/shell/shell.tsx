import { NavLink, useNavigate } from '@remix-run/react'
import Command from 'lucide-react/icons/command'
import Keyboard from 'lucide-react/icons/keyboard'
import PanelLeft from 'lucide-react/icons/panel-left'
import { type ReactNode, useCallback, useMemo } from 'react'
import { NeedsProvider, useUnseenCount } from '#app/needs/my-needs.tsx'
import { useAnnouncements } from '#app/needs/use-announcements.ts'
import { PeopleHere } from '#app/people/people-here.tsx'
import { NARROW_SIDEBAR, useOwnChoice } from '#app/people/use-own-choice.ts'
import { useOwnRoom } from '#app/people/use-own-room.ts'
import { PicturesProvider } from '#app/pictures/pictures-provider.tsx'
import { useNotices } from '#app/replica/react.tsx'
import { buttonClasses } from '#app/ui/button.tsx'
import { classes } from '#app/ui/classes.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { later } from '#app/ui/later.tsx'
import { setLook, useLook } from '#app/ui/theme-choice.ts'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { useIdle } from '#app/ui/use-idle.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { ActionsProvider, useActions, useOpenBar } from './actions.tsx'
import { CommandBar } from './command-bar.tsx'
import { needsPlace, type Place, placesOf } from './navigation.ts'
import { PlaceLink, sayPlace, Unseen } from './place-link.tsx'
import { ProjectSwitcher } from './project-switcher.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { SyncState } from './sync-state.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { Troubles } from './troubles.tsx'
import { useSpokenUndo } from './use-spoken-undo.ts'

const Follow = later(() => import('#app/people/follow/follow.tsx').then((going) => going.Follow))

/** The frame around every page: where one is, where one can go, who is here, and whether what one wrote is safe. */
export function Shell({ projectId, children }: { projectId: string | null; children: ReactNode }) {
  return (
    <ActionsProvider bar={CommandBar} shortcuts={Shortcuts}>
      <NeedsProvider>
        <PicturesProvider>
          <Frame projectId={projectId}>{children}</Frame>
        </PicturesProvider>
      </NeedsProvider>
    </ActionsProvider>
  )
}

function Frame({ projectId, children }: { projectId: string | null; children: ReactNode }) {
  const [isNarrow, setNarrow] = useOwnChoice<boolean>(NARROW_SIDEBAR, false)
  const places = useMemo(() => placesOf(projectId), [projectId])
  const unseen = useUnseenCount()
  const needs = useMemo(() => needsPlace(unseen), [unseen])
  const all = useMemo(() => [needs, ...places], [needs, places])
  const toggle = useCallback(() => setNarrow(!isNarrow), [isNarrow, setNarrow])
  useNotices(sayRefusal)
  const isIdle = useIdle()
  useOwnRoom(isIdle)
  useShellActions(all, toggle)
  useAnnouncements()
  return (
    <div className="flex h-dvh min-h-0 flex-col md:flex-row">
      <a href="#main" className="sr-only z-50 rounded-md bg-raised p-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to the page
      </a>
      <Sidebar projectId={projectId} places={all} isNarrow={isNarrow} toggle={toggle} />
      <TopBar projectId={projectId} needs={needs} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Troubles />
        {isIdle && projectId && <Follow projectId={projectId} />}
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden outline-none">
          {children}
        </main>
      </div>
      <BottomBar places={places} />
    </div>
  )
}

type SidebarProps = { projectId: string | null; places: readonly Place[]; isNarrow: boolean; toggle: () => void }

function Sidebar({ projectId, places, isNarrow, toggle }: SidebarProps) {
  const open = useOpenBar()
  return (
    <aside
      aria-label="Sidebar"
      className={classes('hidden shrink-0 flex-col border-r border-line bg-canvas p-2 md:flex', isNarrow ? 'w-16 items-center' : 'w-56')}
    >
      <ProjectSwitcher projectId={projectId} isNarrow={isNarrow} />
      <button
        type="button"
        onClick={() => open('bar')}
        aria-label="Command bar"
        className={classes(
          'mt-2 flex h-8 items-center gap-2 rounded-md border border-edge bg-surface text-sm text-faint transition-colors hover:border-muted hover:text-ink',
          isNarrow ? 'w-9 justify-center' : 'w-full px-2',
        )}
      >
        <Command aria-hidden className="size-3.5" />
        {!isNarrow && <span className="flex-1 text-left">Do or find…</span>}
      </button>
      <nav aria-label="Places" className="mt-3 flex flex-col gap-0.5 self-stretch">
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} isNarrow={isNarrow} />
        ))}
      </nav>
      <div className={classes('mt-auto flex flex-col gap-2 pt-2', isNarrow ? 'items-center' : 'self-stretch')}>
        {projectId && (
          <div className={classes('flex min-h-6 items-center', !isNarrow && 'px-2')}>
            <PeopleHere room={projectRoom(projectId)} most={5} />
          </div>
        )}
        <div className={classes('border-t border-line pt-2', isNarrow ? 'flex flex-col items-center gap-2' : 'flex flex-col gap-1.5')}>
          <SyncState isNarrow={isNarrow} className={isNarrow ? '' : 'min-h-10 px-2 py-1'} />
          <div className={classes('flex', isNarrow ? 'flex-col' : 'items-center')}>
            <ThemeMenu />
            <IconButton label="Keyboard shortcuts" keys="?" onPress={() => open('shortcuts')}>
              <Keyboard aria-hidden className="size-4" />
            </IconButton>
            <IconButton label={isNarrow ? 'Wide sidebar' : 'Narrow sidebar'} onPress={toggle} className={isNarrow ? '' : 'ml-auto'}>
              <PanelLeft aria-hidden className="size-4" />
            </IconButton>
          </div>
        </div>
      </div>
    </aside>
  )
}

/** On a phone: the project, the sync state and what waits for one above the page. */
function TopBar({ projectId, needs }: { projectId: string | null; needs: Place }) {
  const open = useOpenBar()
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-canvas px-2 md:hidden">
      <div className="min-w-0 flex-1">
        <ProjectSwitcher projectId={projectId} />
      </div>
      <SyncState className="max-w-3/5 shrink-0 whitespace-nowrap" />
      <NavLink
        to={needs.to}
        aria-label={sayPlace(needs)}
        className={`${buttonClasses('quiet', 'small', true)} aria-[current=page]:text-accent`}
      >
        <needs.icon aria-hidden className="size-4" />
        <Unseen count={needs.count} isDot />
      </NavLink>
      <IconButton label="Open the command bar" onPress={() => open('bar')}>
        <Command aria-hidden className="size-4" />
      </IconButton>
    </header>
  )
}

function BottomBar({ places }: { places: readonly Place[] }) {
  return (
    <nav aria-label="Places" className="flex shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden">
      {places.map((place) => (
        <NavLink
          key={place.to}
          to={place.to}
          end={place.isExact ?? false}
          className={({ isActive }) =>
            classes(
              'flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 text-[11px] leading-none',
              isActive ? 'font-medium text-accent' : 'text-muted',
            )
          }
        >
          <place.icon aria-hidden className="size-5" />
          <span className="max-w-full truncate px-0.5">{place.label}</span>
        </NavLink>
      ))}
    </nav>
  )
}

/** What can be done from everywhere. */
function useShellActions(places: readonly Place[], toggleSidebar: () => void): void {
  const navigate = useNavigate()
  const { undo, redo } = useSpokenUndo()
  const { theme } = useLook()
  const actions = useMemo(
    () => [
      ...places.map((place) => ({
        id: place.to,
        label: `Go to ${place.label}`,
        ...(place.keys ? { keys: place.keys } : {}),
        icon: <place.icon className="size-4" />,
        run: () => navigate(place.to),
      })),
      { id: 'projects', label: 'Go to all projects', run: () => navigate('/') },
      { id: 'undo', label: 'Undo my last change', keys: 'mod+z', run: undo },
      { id: 'redo', label: 'Redo', keys: 'mod+shift+z', run: redo },
      { id: 'sidebar', label: 'Narrow or wide sidebar', keys: 'mod+b', run: toggleSidebar },
      {
        id: 'theme',
        label: theme === 'dark' ? 'Light theme' : 'Dark theme',
        run: () => setLook({ theme: theme === 'dark' ? 'light' : 'dark' }),
      },
    ],
    [places, navigate, undo, redo, toggleSidebar, theme],
  )
  useActions('Everywhere', actions)
}
