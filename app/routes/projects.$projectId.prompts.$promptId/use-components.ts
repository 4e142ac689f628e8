import { useMemo, useState } from 'react'
import { leaves, renderWhole } from '#domain/prompts/rules.ts'
import { putAt } from './draft.ts'
import type { ShownPrompt } from './shown-prompt.ts'

/**
 * The components of a draft: which prompts can be added, and a change that is refused, with the path, where one would lead back
 * to this prompt or is missing.
 */
export function useComponents(prompt: ShownPrompt, all: readonly ShownPrompt[], onChange: (components: string[]) => void) {
  const [refused, setRefused] = useState<string | null>(null)
  const byId = useMemo(() => new Map(all.map((one) => [one.id, one])), [all])
  const { components, familyId } = prompt
  const offered = useMemo(
    () =>
      leaves(all)
        .filter((one) => one.familyId !== familyId && !components.includes(one.id))
        .sort((a, b) => Number(b.isReusable) - Number(a.isReusable)),
    [all, familyId, components],
  )
  const change = (next: string[]) => {
    const rendered = renderWhole({ ...prompt, components: next }, (id) => byId.get(id))
    // Taking out or moving is always allowed: it is how a broken list is mended.
    if (!rendered.ok && next.length > components.length) return setRefused(rendered.message)
    setRefused(null)
    onChange(next)
  }
  return {
    components,
    byId,
    offered,
    refused,
    change,
    /** Adds one, or moves it, before what stands at `place`; at the end unless it is given. */
    putIn: (id: string, place = components.length) => change(putAt(components, id, place)),
  }
}
