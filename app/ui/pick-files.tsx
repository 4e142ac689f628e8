import Paperclip from 'lucide-react/icons/paperclip'
import { useRef } from 'react'
import { IconButton } from './icon-button.tsx'

/** Picks pictures and texts of this device: what each is, its bytes say. */
export function PickFiles({ pick }: { pick: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          pick([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <IconButton label="Add a picture or file" onPress={() => input.current?.click()}>
        <Paperclip aria-hidden className="size-4" />
      </IconButton>
    </>
  )
}
