import { useCallback } from 'react'
import { useSession } from '#app/replica/react.tsx'
import { sayBytes } from '#app/ui/say-bytes.ts'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { fileLink, TEXT } from '#domain/core/attachment.ts'
import { pictureLink } from '#domain/core/picture.ts'
import { openPictures } from './open-pictures.ts'

/** Takes pictures and texts in, and answers the Markdown that shows them; anything else is refused with a sentence. */
export function useTakePictures(): (files: readonly File[]) => Promise<string> {
  const me = useSession().member?.id
  return useCallback(
    async (files) => {
      const links: string[] = []
      for (const file of files) {
        if (me === undefined) break
        const taken = await openPictures(me).take(file)
        if (taken.ok) links.push(linkTo(taken.value, file))
        else sayRefusal(files.length > 1 ? `${file.name}: ${taken.message}` : taken.message)
      }
      return links.join('\n')
    },
    [me],
  )
}

const linkTo = ({ sha256, type }: { sha256: string; type: string }, { name, size }: File): string =>
  type === TEXT ? fileLink(sha256, name, sayBytes(size)) : pictureLink(sha256, name)
