// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import { Link } from '@remix-run/react'
import { useEffect, useMemo, useState } from 'react'
import { sha256Of } from '#app/pictures/sha256.ts'
import { useQuery } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { CopyButton } from '#app/ui/copy-button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { later } from '#app/ui/later.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { Time } from '#app/ui/time.tsx'
import { leaves, versionName } from '#domain/prompts/rules.ts'
import { toldIn } from '#domain/sessions/queries.ts'
import { usePrompts } from '../projects.$projectId.prompts._index/use-prompts.ts'
import type { ShownPrompt } from '../projects.$projectId.prompts.$promptId/shown-prompt.ts'
import { newerThan } from '../projects.$projectId.prompts.$promptId/version-tree.ts'
import type { AttemptRow, TaskRow } from './use-task.ts'
import { saySince, toldAtStart } from './what-told.ts'
import { WORDS } from './words.ts'

const CompareVersions = later(() =>
  import('../projects.$projectId.prompts.$promptId/compare-versions.tsx').then((versions) => versions.CompareVersions),
)

type ToldProps = { projectId: string; task: TaskRow; attempt: AttemptRow & { number: number }; onClose: () => void }

/** R10: what an attempt was told when it started, to the letter, of which version of which prompt it was, and what became of that since. */
export function Told({ projectId, task, attempt, onClose }: ToldProps) {
  const turns = useQuery(toldIn(projectId, attempt.id))
  const prompts = usePrompts(projectId)
  const text = turns && toldAtStart(attempt.promptSnapshot, turns)
  const from = prompts?.find(({ id }) => id === attempt.promptId)
  const newer = useMemo(() => (prompts && from ? leaves(newerThan(prompts, from)) : []), [prompts, from])
  const [compared, setCompared] = useState<{ from: string; to: string } | null>(null)
  if (compared && prompts && from)
    return (
      <CompareVersions
        all={prompts}
        familyId={from.familyId}
        compared={compared}
        onChange={setCompared}
        onClose={() => setCompared(null)}
      />
    )
  const [newest] = newer
  return (
    <Dialog
      title={`What attempt ${attempt.number} was told`}
      isOpen
      onClose={onClose}
      size="large"
      footer={<Button onPress={onClose}>Close</Button>}
    >
      <div className="flex flex-col gap-3">
        <p className="text-sm text-muted">
          <From projectId={projectId} attempt={attempt} from={from} isKnown={prompts !== undefined} />{' '}
          <Time at={attempt.createdAt} className="text-xs text-faint" />
        </p>
        {prompts && attempt.promptId !== null && (
          <Banner
            kind="info"
            actions={
              from &&
              newest && (
                <Button size="small" onPress={() => setCompared({ from: from.id, to: newest.id })}>
                  Compare
                </Button>
              )
            }
          >
            {saySince(from, newer, prompts.find(({ id }) => id === task.promptId) ?? null, task.promptId === attempt.promptId)}
          </Banner>
        )}
        {turns === undefined ? (
          <Loading label="Loading what it was told">
            <Skeleton className="h-32 w-full" />
          </Loading>
        ) : text === undefined || text === null ? (
          <p className="text-sm">{text === null ? WORDS.toldNothing : WORDS.toldUnknown}</p>
        ) : (
          <Exact text={text} snapshot={attempt.promptSnapshot} />
        )}
        <p className="text-xs text-muted">{WORDS.toldBeside}</p>
      </div>
    </Dialog>
  )
}

type FromProps = Pick<ToldProps, 'projectId' | 'attempt'> & { from: ShownPrompt | undefined; isKnown: boolean }

function From({ projectId, attempt, from, isKnown }: FromProps) {
  if (attempt.promptId === null) return 'It started from no prompt.'
  if (!from) return isKnown ? 'It started from a prompt that is gone.' : 'It started from a prompt.'
  return (
    <>
      It started from{' '}
      <Link to={`/projects/${projectId}/prompts/${from.id}`} className="text-accent underline underline-offset-2">
        {versionName(from)}
      </Link>
      .
    </>
  )
}

/** The text itself, with whether it still is, to the letter, what was noted of it when it was told. */
function Exact({ text, snapshot }: { text: string; snapshot: string | null }) {
  const [hash, setHash] = useState<string | null>(null)
  useEffect(() => {
    let isGone = false
    void sha256Of(new TextEncoder().encode(text)).then((found) => !isGone && setHash(found))
    return () => {
      isGone = true
    }
  }, [text])
  const isAnother = hash !== null && snapshot !== null && hash !== snapshot
  return (
    <div>
      <div className="flex min-h-8 items-center gap-2">
        <p className={isAnother ? 'min-w-0 flex-1 text-xs text-danger' : 'min-w-0 flex-1 text-xs text-muted'}>
          {snapshot !== null && hash !== null && (
            <span title={snapshot}>
              {isAnother ? WORDS.toldAnother : WORDS.toldExact} <code className="font-mono">{snapshot.slice(0, 12)}</code>
            </span>
          )}
        </p>
        <CopyButton label="Copy what it was told" text={text} />
      </div>
      <section
        tabIndex={0}
        aria-label="The exact text"
        className="max-h-[45dvh] overflow-auto rounded-md border border-line bg-surface p-4 scroll-thin"
      >
        <pre className="font-mono text-xs leading-5 whitespace-pre-wrap break-words">{text}</pre>
      </section>
    </div>
  )
}
