import { classes } from './classes.ts'

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
const SYMBOLS: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl',
  shift: '⇧',
  enter: '↵',
  esc: 'Esc',
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
}

/** A key or a chord as people read it: `mod+k`, `?`, `[`. */
export function Kbd({ keys, onDark = false }: { keys: string; onDark?: boolean }) {
  return (
    <kbd className="inline-flex shrink-0 gap-0.5 font-sans">
      {keys.split('+').map((key) => (
        <span
          key={key}
          className={classes(
            'inline-flex h-4 min-w-4 items-center justify-center rounded-sm border px-1 text-[11px] leading-none',
            onDark ? 'border-current' : 'border-edge bg-surface text-muted',
          )}
        >
          {SYMBOLS[key] ?? key.toUpperCase()}
        </span>
      ))}
    </kbd>
  )
}
