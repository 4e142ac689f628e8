import { useMemo } from 'react'
import { sayMoment } from '#app/ui/say-time.ts'
import { CompareDialog, type Compared } from '#app/work/compare/compare-dialog.tsx'
import type { ShownPrompt } from './shown-prompt.ts'
import { type VersionLine, versionLines } from './version-tree.ts'

type Props = {
  all: readonly ShownPrompt[]
  familyId: string
  compared: { from: string; to: string }
  onChange: (compared: { from: string; to: string }) => void
  onClose: () => void
}

/** Any two versions of one prompt beside each other. */
export function CompareVersions({ all, familyId, compared, onChange, onClose }: Props) {
  const texts = useMemo(() => versionLines(all, familyId).map(asCompared), [all, familyId])
  return <CompareDialog texts={texts} from={compared.from} to={compared.to} onChange={onChange} onClose={onClose} />
}

/** Two branches may have the same number: when each was made tells them apart. */
const asCompared = ({ prompt, isBranch }: VersionLine<ShownPrompt>): Compared => ({
  id: prompt.id,
  label: `Version ${prompt.version}${isBranch ? ' (branch)' : ''}`,
  hint: `${prompt.title}, ${sayMoment(prompt.createdAt)}`,
  title: prompt.title,
  content: prompt.content,
})
