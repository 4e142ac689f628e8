import { Link } from '@remix-run/react'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import GripVertical from 'lucide-react/icons/grip-vertical'
import X from 'lucide-react/icons/x'
import { Button } from '#app/ui/button.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { LineAt } from '#app/ui/line-at.tsx'
import { leaves, versionName } from '#domain/prompts/rules.ts'
import type { ShownPrompt } from './shown-prompt.ts'
import type { useComponentDrag } from './use-component-drag.ts'
import type { useComponents } from './use-components.ts'
import { newerThan } from './version-tree.ts'

type Props = {
  projectId: string
  all: readonly ShownPrompt[]
  isReadOnly: boolean
  parts: ReturnType<typeof useComponents>
  drag: ReturnType<typeof useComponentDrag>
}

/** The prompts whose text goes in front, in order. One that leads back to this prompt, or is missing, is refused with the path. */
export function ComponentsList({ projectId, all, isReadOnly, parts, drag }: Props) {
  const { components, byId, refused, change, putIn } = parts

  return (
    <section aria-labelledby="components" {...(isReadOnly ? {} : drag.overList)}>
      <h2 id="components" className="flex min-h-8 items-center gap-1 text-sm font-medium">
        Components <span className="font-normal text-muted">go in front, in this order</span>
      </h2>
      <div className="relative">
        {drag.lineTop !== null && <LineAt top={drag.lineTop} />}
        {components.length === 0 && <p className="text-sm text-muted">None. This prompt stands on its own.</p>}
        <ol
          ref={drag.list}
          aria-label="Components"
          className="divide-y divide-line overflow-hidden rounded-md border border-line empty:hidden"
        >
          {components.map((id, at) => {
            const component = byId.get(id)
            const name = component ? versionName(component) : 'A missing prompt'
            const newer = component ? leaves(newerThan(all, component))[0] : undefined
            return (
              <li
                key={id}
                {...(isReadOnly ? {} : drag.rowOf(id))}
                className="flex min-h-9 flex-wrap items-center gap-x-1 gap-y-0.5 bg-surface py-0.5 pr-2 pl-1 text-sm pointer-coarse:pl-3"
              >
                {!isReadOnly && <GripVertical aria-hidden className="size-4 shrink-0 cursor-grab text-faint pointer-coarse:hidden" />}
                <span className="w-5 text-xs text-faint tabular">{at + 1}</span>
                {component ? (
                  <Link
                    to={`/projects/${projectId}/prompts/${id}`}
                    draggable={false}
                    className="min-w-0 flex-1 truncate underline-offset-2 hover:underline"
                  >
                    {name}
                  </Link>
                ) : (
                  <span className="min-w-0 flex-1 text-danger">{name}</span>
                )}
                {newer && !isReadOnly && (
                  <Button
                    size="small"
                    look="quiet"
                    onPress={() => change(components.map((one) => (one === id ? newer.id : one)))}
                    aria-label={`Use ${versionName(newer)} instead`}
                  >
                    Use v{newer.version}
                  </Button>
                )}
                {!isReadOnly && (
                  <span className="flex">
                    <IconButton label={`Move ${name} up`} isDisabled={at === 0} onPress={() => putIn(id, at - 1)}>
                      <ArrowUp aria-hidden className="size-4" />
                    </IconButton>
                    <IconButton label={`Move ${name} down`} isDisabled={at === components.length - 1} onPress={() => putIn(id, at + 2)}>
                      <ArrowDown aria-hidden className="size-4" />
                    </IconButton>
                    <IconButton label={`Remove ${name}`} onPress={() => change(components.filter((one) => one !== id))}>
                      <X aria-hidden className="size-4" />
                    </IconButton>
                  </span>
                )}
              </li>
            )
          })}
        </ol>
      </div>
      <p role="alert" className="mt-1 text-sm text-danger empty:hidden">
        {refused}
      </p>
    </section>
  )
}
