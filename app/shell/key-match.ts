type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * SHELL-1: whether a key press is the chord `mod+k`, `shift+enter`, `?` … `mod` is ⌘ or Ctrl. Characters are compared as
 * typed, so `?` and `[` are found on every keyboard layout; only chords that name shift look at it.
 */
export function isChord(pressed: Pressed, keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const wantsMod = parts.includes('mod')
  if (wantsMod !== (pressed.ctrlKey || pressed.metaKey)) return false
  if (parts.includes('alt') !== pressed.altKey && !isCharacter(key)) return false
  if (parts.includes('shift') && !pressed.shiftKey) return false
  if (!parts.includes('shift') && pressed.shiftKey && (wantsMod || !isCharacter(key))) return false
  return pressed.key.toLowerCase() === (NAMED[key] ?? key)
}

const NAMED: Record<string, string> = {
  enter: 'enter',
  esc: 'escape',
  left: 'arrowleft',
  right: 'arrowright',
  up: 'arrowup',
  down: 'arrowdown',
}
const isCharacter = (key: string): boolean => key.length === 1 && !/[a-z0-9]/.test(key)

/** Inputs nobody types in. */
const WITHOUT_TEXT = /^(checkbox|radio|button|submit|reset|range|file|color|image)$/

/** True where single letters are being typed, so that they are no commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement && WITHOUT_TEXT.test(target.type)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
