import { type DragEvent, useRef, useState } from 'react'
import type { useComponents } from './use-components.ts'

/** No plain text: a prompt is put in as a component, and no field takes it for words. */
const KIND = 'application/x-slipway-component'

/**
 * Components dragged to their place, out of what can be put in or from another place of the list. Over the text they are dropped
 * as @ takes them, at the end of the list: what goes in front has no place in the text. Who has no mouse has the buttons.
 */
export function useComponentDrag({ components, putIn }: Pick<ReturnType<typeof useComponents>, 'components' | 'putIn'>) {
  const held = useRef<string | null>(null)
  const [target, setTarget] = useState<{ place: number; top: number } | null>(null)
  const list = useRef<HTMLOListElement>(null)

  const end = () => {
    held.current = null
    setTarget(null)
  }
  /** Where what is held would land; null where it would change nothing. */
  const aim = (height: number | null) => {
    const rows = [...(list.current?.children ?? [])] as HTMLElement[]
    const below = height === null ? -1 : rows.findIndex((row) => middleOf(row) > height)
    const place = below < 0 ? components.length : below
    const own = components.indexOf(held.current ?? '')
    if (own >= 0 && (height === null || place === own || place === own + 1)) return null
    return { place, top: rows[place]?.offsetTop ?? list.current?.offsetHeight ?? 0 }
  }
  const zone = (heightOf: (event: DragEvent) => number | null) => ({
    // Before the editor, which minds nothing that is taken already: else it would show a place in the text.
    onDragOverCapture: (event: DragEvent) => {
      if (held.current === null || !event.dataTransfer.types.includes(KIND)) return
      event.preventDefault()
      const next = aim(heightOf(event))
      setTarget((now) => (now?.place === next?.place && now?.top === next?.top ? now : next))
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setTarget(null)
    },
    onDropCapture: (event: DragEvent) => {
      const id = held.current
      if (id === null || !event.dataTransfer.types.includes(KIND)) return
      event.preventDefault()
      const at = aim(heightOf(event))
      end()
      if (at) putIn(id, at.place)
    },
  })
  return {
    list,
    /** How far from the top of the list the line is that shows the place; null while nothing is held over it. */
    lineTop: target?.top ?? null,
    rowOf: (id: string) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.setData(KIND, id)
        held.current = id
      },
      onDragEnd: end,
    }),
    overList: zone((event) => event.clientY),
    overText: zone(() => null),
  }
}

function middleOf(row: HTMLElement): number {
  const { top, height } = row.getBoundingClientRect()
  return top + height / 2
}
