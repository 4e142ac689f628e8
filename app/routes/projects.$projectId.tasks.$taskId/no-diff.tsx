import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { CopyButton } from '#app/ui/copy-button.tsx'
import { type NoPatch, sayNoPatch } from './say-no-patch.ts'
import type { AttemptRow } from './use-task.ts'

/** In the place of a change that cannot be had: what happened, and what to do about it. */
export function NoDiff({ why, attempt, retry }: { why: NoPatch; attempt: AttemptRow; retry: () => void }) {
  const { sentence, command } = sayNoPatch(why, attempt)
  return (
    <Banner
      kind={why === 'away' ? 'offline' : 'error'}
      className="m-4"
      actions={
        <Button size="small" onPress={retry}>
          Try again
        </Button>
      }
    >
      {sentence}
      {command && (
        <span className="mt-1 flex items-center gap-1">
          <code className="min-w-0 font-mono text-xs break-words">{command}</code>
          <CopyButton label="Copy the command" text={command} />
        </span>
      )}
    </Banner>
  )
}
