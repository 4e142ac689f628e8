import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { CopyButton } from '#app/ui/copy-button.tsx'
import type { GitRepositoryInfo } from '#domain/projects/schema.ts'
import { Facts } from '../settings/facts.tsx'

type Props = { projectId: string; info: GitRepositoryInfo; blocked: string | null; onChange: () => void }

/** What linking found out, a way to look again, and a way to another folder. */
export function LinkedRepository({ projectId, info, blocked, onChange }: Props) {
  const looking = useServerCall()
  const lookAgain = () => void looking.call((api) => api.repos.link.mutate({ projectId, path: info.path }))
  return (
    <div className="flex flex-col gap-3">
      <Facts
        facts={[
          [
            'Path',
            <code key="path" className="font-mono text-xs break-all">
              {info.path}
            </code>,
          ],
          [
            'Default branch',
            <code key="branch" className="font-mono text-xs">
              {info.defaultBranch}
            </code>,
          ],
          [
            'Head, last looked at',
            info.headCommit ? (
              <span key="head" className="-my-1 flex items-center gap-1">
                <code className="font-mono text-xs" title={info.headCommit}>
                  {info.headCommit.slice(0, 10)}
                </code>
                <CopyButton label="Copy the commit hash" text={info.headCommit} />
              </span>
            ) : (
              'none yet: the repository is empty'
            ),
          ],
          [
            'Remote',
            info.remoteUrl ? (
              <span key="remote" className="font-mono text-xs break-all">
                {info.remoteUrl}
              </span>
            ) : (
              'none, it stays on this machine'
            ),
          ],
        ]}
      />
      {looking.refusal && (
        <Banner
          kind="error"
          actions={
            <Button size="small" onPress={lookAgain} isDisabled={looking.isPending}>
              Try again
            </Button>
          }
        >
          {looking.refusal.message}
        </Banner>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onPress={lookAgain} isPending={looking.isPending} isDisabled={blocked !== null}>
          Look again
        </Button>
        <Button look="quiet" onPress={onChange} isDisabled={blocked !== null}>
          Use another repository
        </Button>
      </div>
    </div>
  )
}
