import { Dialog } from '#app/ui/dialog.tsx'
import { Kbd } from '#app/ui/kbd.tsx'
import type { PageActions } from './actions.tsx'

/** Every key of this page. */
export function Shortcuts({ isOpen, onClose, groups }: { isOpen: boolean; onClose: () => void; groups: readonly PageActions[] }) {
  const withKeys = groups
    .map((group) => ({ ...group, actions: group.actions.filter((action) => action.keys) }))
    .filter((group) => group.actions.length > 0)
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={onClose}>
      <div className="grid gap-x-8 gap-y-4 pb-4 md:grid-cols-2">
        {[{ title: 'Always', actions: ALWAYS }, ...withKeys].map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 className="mb-1 text-xs text-faint">{group.title}</h3>
            <dl className="flex flex-col">
              {group.actions.map((action) => (
                <div key={action.label} className="flex items-center justify-between gap-3 py-1 text-sm">
                  <dt>{action.label}</dt>
                  <dd>
                    <Kbd keys={action.keys ?? ''} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

const ALWAYS: readonly { label: string; keys?: string }[] = [
  { label: 'Open the command bar', keys: 'mod+k' },
  { label: 'Show these shortcuts', keys: '?' },
]
