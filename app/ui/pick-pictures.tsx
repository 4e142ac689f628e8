import ImagePlus from 'lucide-react/icons/image-plus'
import { useRef } from 'react'
import { IconButton } from './icon-button.tsx'

/** Picks pictures of this device. */
export function PickPictures({ pick }: { pick: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
        multiple
        hidden
        aria-hidden
        tabIndex={-1}
        onChange={(event) => {
          pick([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <IconButton label="Add a picture" onPress={() => input.current?.click()}>
        <ImagePlus aria-hidden className="size-4" />
      </IconButton>
    </>
  )
}
