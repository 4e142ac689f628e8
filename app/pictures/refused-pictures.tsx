import { useSyncExternalStore } from 'react'
import { useSession } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { FileChip } from '#app/ui/file-chip.tsx'
import { Picture } from '#app/ui/picture.tsx'
import { sayBytes } from '#app/ui/say-bytes.ts'
import { TEXT } from '#domain/core/attachment.ts'
import { openPictures } from './open-pictures.ts'
import type { Pictures } from './pictures.ts'

/** PICTURE-6: the pictures and files the server refused, each with why, and what can be done with it; nothing while there are none. */
export function RefusedPictures() {
  const me = useSession().member?.id
  return me === undefined ? null : <Refused pictures={openPictures(me)} />
}

function Refused({ pictures }: { pictures: Pictures }) {
  useSyncExternalStore(pictures.subscribe, pictures.held)
  if (pictures.refused.length === 0) return null
  return (
    <ul aria-label="Refused files" className="mt-3 flex flex-col gap-3 rounded-lg border border-line p-3">
      {pictures.refused.map(({ sha256, bytes }) => (
        <li key={sha256} className="flex flex-wrap items-end gap-2">
          <div className="min-w-0 flex-1 basis-64">
            {bytes.type === TEXT ? (
              <FileChip sha256={sha256} name="A file on this device" size={sayBytes(bytes.size)} />
            ) : (
              <Picture sha256={sha256} words="A picture on this device" />
            )}
          </div>
          <Button size="small" onPress={() => void pictures.sendAgain(sha256)}>
            Send it again
          </Button>
          <Button size="small" onPress={() => void pictures.discard(sha256)}>
            Discard it
          </Button>
        </li>
      ))}
    </ul>
  )
}
