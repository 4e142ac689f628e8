import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { initialsOf, tintOf } from './person-tint.ts'

export type Face = { id: string; name: string; color?: string | undefined }

/** A person: initials on their own tint, one of them where it is small. `label` (else the name) is what a screen reader says; an empty one where the name stands beside it. */
export function Avatar({
  face,
  size = 20,
  label,
  className,
}: {
  face: Face
  size?: 16 | 20 | 24 | 28
  label?: string
  className?: string
}) {
  const tint = tintOf(face.id)
  return (
    <span
      {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label ?? face.name, title: label ?? face.name })}
      className={classes('inline-flex shrink-0 select-none items-center justify-center rounded-full font-semibold', className)}
      style={{ width: size, height: size, fontSize: size < 24 ? 9 : 11, background: tint.ground, color: tint.ink }}
    >
      <span aria-hidden>{initialsOf(face.name, size < 20 ? 1 : 2)}</span>
    </span>
  )
}

type Press = { say: (name: string) => string; run: (face: Face) => void }

/** The people here, overlapping; more than `most` become a number. */
export function AvatarStack({
  faces,
  most = 4,
  size = 20,
  label,
  isLive = false,
  press,
}: {
  faces: readonly Face[]
  most?: number
  size?: 16 | 20 | 24 | 28
  label: string
  /** Rings the faces: these people are here right now. */
  isLive?: boolean
  /** What pressing a face does. */
  press?: Press
}) {
  if (faces.length === 0) return null
  const rest = faces.slice(most)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be wrong for a row of pictures
    <span role="group" aria-label={`${label}: ${faces.map((face) => face.name).join(', ')}`} className="flex shrink-0 items-center gap-1">
      {faces.slice(0, most).map((face) => (
        <Pressable key={face.id} face={face} press={press}>
          <Avatar face={face} size={size} className={classes('ring-2', isLive ? 'ring-accent' : 'ring-surface')} />
        </Pressable>
      ))}
      {rest.length > 0 && (
        <span className="text-xs text-muted" title={rest.map((face) => face.name).join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  )
}

function Pressable({ face, press, children }: { face: Face; press: Press | undefined; children: ReactNode }) {
  if (!press) return children
  const says = press.say(face.name)
  return (
    <button type="button" aria-label={says} title={says} onClick={() => press.run(face)} className="flex rounded-full">
      {children}
    </button>
  )
}
