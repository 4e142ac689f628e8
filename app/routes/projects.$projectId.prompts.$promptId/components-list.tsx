import { Link } from '@remix-run/react'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { Button } from '#app/ui/button.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { leaves, versionName } from '#domain/prompts/rules.ts'
import { moveEntry } from './draft.ts'
import type { ShownPrompt } from './shown-prompt.ts'
import type { useComponents } from './use-components.ts'
import { newerThan } from './version-tree.ts'

type Props = {
  projectId: string
  /** The prompt being edited, with the components as they are in the draft. */
  prompt: ShownPrompt
  all: readonly ShownPrompt[]
  isReadOnly: boolean
  parts: ReturnType<typeof useComponents>
}

/** The prompts whose text goes in front, in order. One that leads back to this prompt, or is missing, is refused with the path. */
export function ComponentsList({ projectId, prompt, all, isReadOnly, parts }: Props) {
  const { byId, offered, refused, change, add } = parts
  const { components } = prompt

  return (
    <section aria-labelledby="components">
      <div className="flex min-h-8 items-center gap-2">
        <h2 id="components" className="flex-1 text-sm font-medium">
          Components <span className="font-normal text-muted">go in front, in this order</span>
        </h2>
        {!isReadOnly && (
          <Menu
            label="Add a component"
            placement="bottom end"
            trigger={
              <Button size="small" look="quiet" icon={<Plus aria-hidden className="size-3.5" />} isDisabled={offered.length === 0}>
                Add component
              </Button>
            }
            groups={[
              {
                actions: offered.map((one) => ({
                  id: one.id,
                  label: versionName(one),
                  hint: one.isReusable ? `${one.type}, reusable` : one.type,
                  run: () => add(one.id),
                })),
              },
            ]}
          />
        )}
      </div>
      {components.length === 0 && <p className="text-sm text-muted">None. This prompt stands on its own.</p>}
      {components.length > 0 && (
        <ol aria-label="Components" className="divide-y divide-line overflow-hidden rounded-md border border-line">
          {components.map((id, at) => {
            const component = byId.get(id)
            const name = component ? versionName(component) : 'A missing prompt'
            const newer = component ? leaves(newerThan(all, component))[0] : undefined
            return (
              <li key={id} className="flex min-h-9 flex-wrap items-center gap-x-1 gap-y-0.5 bg-surface px-2 py-0.5 text-sm">
                <span className="w-5 text-xs text-faint tabular">{at + 1}</span>
                {component ? (
                  <Link to={`/projects/${projectId}/prompts/${id}`} className="min-w-0 flex-1 truncate underline-offset-2 hover:underline">
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
                    <IconButton label={`Move ${name} up`} isDisabled={at === 0} onPress={() => change(moveEntry(components, at, -1))}>
                      <ArrowUp aria-hidden className="size-4" />
                    </IconButton>
                    <IconButton
                      label={`Move ${name} down`}
                      isDisabled={at === components.length - 1}
                      onPress={() => change(moveEntry(components, at, 1))}
                    >
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
      )}
      <p role="alert" className="mt-1 text-sm text-danger empty:hidden">
        {refused}
      </p>
    </section>
  )
}
