import { Link } from '@remix-run/react'
import FolderGit2 from 'lucide-react/icons/folder-git-2'
import { useQuery, useRoom } from '#app/replica/react.tsx'
import { buttonClasses } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { teamRoom } from '#domain/core/rooms.ts'
import { projectsList, reposList } from '#domain/projects/queries.ts'
import { LoadingRows, Rows } from '../settings/rows.tsx'
import { Section } from '../settings/section.tsx'

export const meta = () => [{ title: 'Repositories · Slipway' }]

/** Every repository the team has linked, and the projects that use it. */
export default function Repositories() {
  useRoom(teamRoom)
  const repos = useQuery(reposList())
  const projects = useQuery(projectsList())
  return (
    <Section
      title="Repositories"
      lead="Folders on the machine where the runner works. A repository is linked inside a project and can be used by several."
    >
      {!repos && <LoadingRows label="Loading the repositories" />}
      {repos?.length === 0 && (
        <EmptyState
          icon={<FolderGit2 className="size-8" />}
          title="No repository yet"
          actions={
            <Link to="/" className={buttonClasses('plain')}>
              Go to the projects
            </Link>
          }
        >
          Open a project and link one under “Repository”, or let Slipway create one for it.
        </EmptyState>
      )}
      {repos && repos.length > 0 && (
        <Rows label="Repositories">
          {[...repos]
            .sort((a, b) => a.path.localeCompare(b.path))
            .map((repo) => {
              const users = (projects ?? []).filter(({ gitRepositoryInfo }) => gitRepositoryInfo?.path === repo.path)
              return (
                <li key={repo.id} className="grid gap-x-4 gap-y-1 px-4 py-2.5 md:grid-cols-[minmax(0,1fr)_auto]">
                  <span className="min-w-0">
                    <span className="block truncate font-medium">{repo.displayName || repo.name}</span>
                    <span className="block font-mono text-xs break-all text-muted">{repo.path}</span>
                    {repo.url && <span className="block font-mono text-xs break-all text-muted">{repo.url}</span>}
                  </span>
                  <span className="flex flex-col gap-0.5 text-xs text-muted md:items-end">
                    <span>
                      {repo.defaultTargetBranch ?? 'no default branch'}
                      {repo.latestCommit && (
                        <>
                          {' at '}
                          <code className="font-mono">{repo.latestCommit.slice(0, 7)}</code>
                        </>
                      )}
                    </span>
                    <span>
                      {users.length === 0
                        ? 'used by no project'
                        : users.map((project, at) => (
                            <span key={project.id}>
                              {at > 0 && ', '}
                              <Link to={`/projects/${project.id}/repository`} className="text-accent underline-offset-2 hover:underline">
                                {project.name}
                              </Link>
                            </span>
                          ))}
                    </span>
                  </span>
                </li>
              )
            })}
        </Rows>
      )}
    </Section>
  )
}
