import { Link } from '@remix-run/react'
import PackageOpen from 'lucide-react/icons/package-open'
import { useMemo } from 'react'
import { isAdmin, ROLE_WORDS } from '#app/people/role-words.ts'
import { useQuery, useRoom, useSession } from '#app/replica/react.tsx'
import { useOffline } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { buttonClasses } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { teamRoom } from '#domain/core/rooms.ts'
import { projectsList } from '#domain/projects/queries.ts'
import { LoadingRows } from '../settings/rows.tsx'
import { Section } from '../settings/section.tsx'
import { ExportRows } from './export-rows.tsx'
import { ImportProject } from './import-project.tsx'

export const meta = () => [{ title: 'Export and import · Slipway' }]

/** Projects as files: out of this Slipway with everything in them, and into another. */
export default function Transfer() {
  useRoom(teamRoom)
  const { member: me } = useSession()
  const offline = useOffline()
  const current = useQuery(projectsList())
  const archived = useQuery(projectsList(true))
  const projects = useMemo(
    () => current && archived && [...current, ...archived].sort((a, b) => a.name.localeCompare(b.name)),
    [current, archived],
  )
  const mayManage = isAdmin(me?.role)
  const isBlocked = !mayManage || offline !== null

  return (
    <>
      {!mayManage && me && (
        <Banner kind="info" className="mb-5">
          You are {/^[ao]/.test(me.role) ? 'an' : 'a'} {ROLE_WORDS[me.role].label.toLowerCase()}. Only an admin or the owner can export and
          import projects.
        </Banner>
      )}
      {mayManage && offline && (
        <Banner kind="offline" className="mb-5">
          {offline}
        </Banner>
      )}
      <Section
        title="Export everything"
        lead="One file with a whole project: cards, interviews, prompts, conversations, logs, images and history. Any program can open it. It holds no passwords, tokens or keys."
      >
        {!projects && <LoadingRows label="Loading the projects" />}
        {projects?.length === 0 && (
          <EmptyState
            icon={<PackageOpen className="size-8" />}
            title="No project yet"
            actions={
              <Link to="/" className={buttonClasses('plain')}>
                Go to the projects
              </Link>
            }
          >
            Make a project, or import one below.
          </EmptyState>
        )}
        {projects && projects.length > 0 && <ExportRows projects={projects} isBlocked={isBlocked} />}
      </Section>
      <Section
        title="Import a project"
        lead="A file that “Export everything” has made, here or on another Slipway. Every part of it is checked before anything is shown, and projects that are here stay as they are."
      >
        <ImportProject isBlocked={isBlocked} />
      </Section>
    </>
  )
}
