import { Link } from '@remix-run/react'
import GitBranch from 'lucide-react/icons/git-branch'
import { useState } from 'react'
import type { Face } from '#app/people/use-people.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { classes } from '#app/ui/classes.ts'
import { Time } from '#app/ui/time.tsx'
import { LabelBadge } from '../projects.$projectId.prompts._index/label-badge.tsx'
import { CompareVersions } from './compare-versions.tsx'
import type { ShownPrompt } from './shown-prompt.ts'
import { versionLines } from './version-tree.ts'

type Props = {
  projectId: string
  shown: ShownPrompt
  all: readonly ShownPrompt[]
  faceOf: (id: string) => Face
  isReadOnly: boolean
  onRestore: (version: ShownPrompt) => void
}

/** Every version of this prompt, newest first; two made at once stand beside each other as branches. */
export function Versions({ projectId, shown, all, faceOf, isReadOnly, onRestore }: Props) {
  const lines = versionLines(all, shown.familyId)
  const [compared, setCompared] = useState<{ from: string; to: string } | null>(null)
  return (
    <>
      <ol aria-label="Versions" className="flex flex-col p-2">
        {lines.map(({ prompt, isLeaf, isBranch }) => {
          const isShown = prompt.id === shown.id
          const other = isShown ? (prompt.parentId ?? lines.find((line) => line.prompt.id !== prompt.id)?.prompt.id) : shown.id
          return (
            <li key={prompt.id} className={classes('flex flex-col gap-1 rounded-md px-2 py-2 text-sm', isShown && 'bg-hover')}>
              <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                <Link
                  to={`/projects/${projectId}/prompts/${prompt.id}`}
                  {...(isShown ? { 'aria-current': 'page' as const } : {})}
                  className="font-medium underline-offset-2 hover:underline"
                >
                  Version {prompt.version}
                </Link>
                {isLeaf && lines.length > 1 && <Badge tone="accent">newest{isBranch ? ' of its branch' : ''}</Badge>}
                {isBranch && (
                  <span className="flex items-center gap-1 text-xs text-warn">
                    <GitBranch aria-hidden className="size-3" /> branch
                  </span>
                )}
                <LabelBadge label={prompt.label} />
                <span className="ml-auto text-xs text-faint">
                  {faceOf(prompt.createdBy).name} · <Time at={prompt.createdAt} />
                </span>
              </div>
              <div className="-ml-2 flex flex-wrap gap-1">
                {other && (
                  <Button
                    size="small"
                    look="quiet"
                    onPress={() => setCompared(inOrder(all, prompt.id, other))}
                    aria-label={`Compare version ${prompt.version}`}
                  >
                    Compare
                  </Button>
                )}
                {!isLeaf && !isReadOnly && (
                  <Button
                    size="small"
                    look="quiet"
                    onPress={() => onRestore(prompt)}
                    aria-label={`Restore version ${prompt.version} as a new version`}
                  >
                    Restore as new version
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ol>
      {compared && (
        <CompareVersions all={all} familyId={shown.familyId} compared={compared} onChange={setCompared} onClose={() => setCompared(null)} />
      )}
    </>
  )
}

/** The older of the two first. */
function inOrder(all: readonly ShownPrompt[], one: string, other: string): { from: string; to: string } {
  const at = (id: string) => all.find((prompt) => prompt.id === id)?.createdAt ?? 0
  return at(one) <= at(other) ? { from: one, to: other } : { from: other, to: one }
}
