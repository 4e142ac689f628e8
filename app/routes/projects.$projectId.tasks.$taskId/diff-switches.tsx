import Columns2 from 'lucide-react/icons/columns-2'
import Pilcrow from 'lucide-react/icons/pilcrow'
import Rows2 from 'lucide-react/icons/rows-2'
import { useMemo } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { useActions } from '#app/shell/actions.tsx'
import { buttonClasses } from '#app/ui/button.tsx'
import { Tooltip } from '#app/ui/tooltip.tsx'
import type { Look } from './diff-tables.ts'

const SWITCH = `${buttonClasses('quiet', 'small')} data-selected:bg-hover data-selected:text-ink`

/** Both sides in one column, or beside each other. */
export function LookSwitch({ look, setLook }: { look: Look; setLook: (look: Look) => void }) {
  return (
    <ToggleButtonGroup
      aria-label="Layout of the changes"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[look]}
      onSelectionChange={(keys) => setLook([...keys][0] === 'split' ? 'split' : 'unified')}
      className="hidden rounded-md border border-edge p-0.5 md:flex"
    >
      <ToggleButton id="unified" className={`${SWITCH} h-6`}>
        <Rows2 aria-hidden className="size-3.5" />
        Unified
      </ToggleButton>
      <ToggleButton id="split" className={`${SWITCH} h-6`}>
        <Columns2 aria-hidden className="size-3.5" />
        Split
      </ToggleButton>
    </ToggleButtonGroup>
  )
}

/** DIFF-7: whether changes of white space are left out; in the command bar too. */
export function WhitespaceSwitch({ isIgnored, setIgnored }: { isIgnored: boolean; setIgnored: (isIgnored: boolean) => void }) {
  useActions(
    'Changes',
    useMemo(
      () => [
        {
          id: 'whitespace',
          label: isIgnored ? 'Show changes of whitespace' : 'Ignore whitespace',
          icon: <Pilcrow className="size-4" />,
          run: () => setIgnored(!isIgnored),
        },
      ],
      [isIgnored, setIgnored],
    ),
  )
  return (
    <Tooltip text="Ignore whitespace">
      <ToggleButton isSelected={isIgnored} onChange={setIgnored} aria-label="Ignore whitespace" className={SWITCH}>
        <Pilcrow aria-hidden className="size-3.5" />
        <span className="hidden lg:inline">Ignore whitespace</span>
      </ToggleButton>
    </Tooltip>
  )
}
