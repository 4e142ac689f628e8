import { useCallback } from 'react'
import { useSession } from '#app/replica/react.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { pictureLink } from '#domain/core/picture.ts'
import { openPictures } from './open-pictures.ts'

/** Takes files in as pictures, and answers the Markdown that shows them; what is none is refused with a sentence. */
export function useTakePictures(): (files: readonly File[]) => Promise<string> {
  const me = useSession().member?.id
  return useCallback(
    async (files) => {
      const links: string[] = []
      for (const file of files) {
        if (me === undefined) break
        const taken = await openPictures(me).take(file)
        if (taken.ok) links.push(pictureLink(taken.value, file.name))
        else sayRefusal(files.length > 1 ? `${file.name}: ${taken.message}` : taken.message)
      }
      return links.join('\n')
    },
    [me],
  )
}
