import { Link, useParams } from '@remix-run/react'
import { useState } from 'react'
import { isAdmin, ROLE_WORDS } from '#app/people/role-words.ts'
import { useQuery, useSession } from '#app/replica/react.tsx'
import { useOffline } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { buttonClasses } from '#app/ui/button.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { projectById } from '#domain/projects/queries.ts'
import { Section } from '../settings/section.tsx'
import { AboutProject } from './about-project.tsx'
import { Counts } from './counts.tsx'
import { LinkRepository } from './link-repository.tsx'
import { LinkedRepository } from './linked-repository.tsx'
import { PutAway } from './put-away.tsx'

export const meta = () => [{ title: 'Repository · Slipway' }]

/** The project at a glance, and the repository its work ends up in. */
export default function RepositoryPage() {
  const { projectId = '' } = useParams()
  const { member: me } = useSession()
  const offline = useOffline()
  const project = useQuery(projectById(projectId))?.[0]
  const [isChanging, setChanging] = useState(false)
  const mayManage = isAdmin(me?.role)
  const blocked = !mayManage ? 'role' : offline
  const info = project?.gitRepositoryInfo

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Repository" />
      <div className="min-h-0 flex-1 overflow-auto scroll-thin">
        <div className="mx-auto max-w-3xl px-4 py-5">
          {!project && (
            <Loading label="Loading the project" className="flex flex-col gap-4">
              <Skeleton className="h-40 w-full" />
              <Skeleton className="h-20 w-full" />
            </Loading>
          )}
          {project && (
            <>
              <Section
                title={info ? 'Linked repository' : 'Where should the work end up?'}
                lead={
                  info
                    ? 'Agents work in copies beside it, each on a branch of its own. Only a merge changes the default branch.'
                    : 'Every attempt at a card gets a branch of its own in this repository.'
                }
              >
                {!mayManage && me && (
                  <Banner kind="info" className="mb-3">
                    You are {/^[ao]/.test(me.role) ? 'an' : 'a'} {ROLE_WORDS[me.role].label.toLowerCase()}. Only an admin or the owner can
                    link a repository.
                  </Banner>
                )}
                {mayManage && offline && (
                  <Banner kind="offline" className="mb-3">
                    {offline}
                  </Banner>
                )}
                {info && !isChanging ? (
                  <LinkedRepository projectId={projectId} info={info} blocked={blocked} onChange={() => setChanging(true)} />
                ) : (
                  <LinkRepository
                    projectId={projectId}
                    projectName={project.name}
                    blocked={blocked}
                    onLinked={() => setChanging(false)}
                    {...(info ? { onCancel: () => setChanging(false) } : {})}
                  />
                )}
              </Section>
              <Section
                title="What is here"
                actions={
                  <Link to={`/projects/${projectId}/interviews`} className={buttonClasses()}>
                    Go to the interviews
                  </Link>
                }
              >
                <Counts projectId={projectId} />
              </Section>
              <Section title="About the project" lead={`Its cards are numbered ${project.key}-1, ${project.key}-2 …`}>
                <AboutProject key={project.id} project={project} isReadOnly={me?.role === 'viewer'} />
              </Section>
              <Section title="No longer needed">
                <PutAway
                  project={project}
                  mayWrite={me?.role !== 'viewer'}
                  mayNotDelete={mayManage ? offline : 'Only an admin or the owner can delete a project.'}
                />
              </Section>
            </>
          )}
        </div>
      </div>
    </div>
  )
}
