import { Fragment, useState } from 'react'
import { cutAtAttachments } from '#domain/core/attachment.ts'
import { addressOf, NOWHERE, usePictureSource } from './picture.tsx'

/** What an editor will hold, before it is there: its words, and its pictures and files in the place of their links, as it shows them too. */
export function WordsBefore({ text }: { text: string }) {
  return cutAtAttachments(text).map(({ words, attachment }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they stand where they stand
    <Fragment key={at}>
      {words}
      {attachment?.kind === 'picture' && <PictureBefore sha256={attachment.sha256} name={attachment.name} />}
      {attachment?.kind === 'file' && <FileBefore name={attachment.name} size={attachment.size} />}
    </Fragment>
  ))
}

/** The picture once it has come, or the frame that the editor puts in the place of one that does not come. */
function PictureBefore({ sha256, name }: { sha256: string; name: string }) {
  const source = usePictureSource()
  const [isAway, setAway] = useState(false)
  if (isAway)
    return (
      <span className="my-1 inline-block max-w-full rounded-md border border-dashed border-edge px-2.5 py-1.5 text-xs text-muted">
        {name}: {NOWHERE}
      </span>
    )
  return (
    <img
      src={addressOf(source, sha256)}
      alt={name}
      onError={() => setAway(true)}
      className="my-1 inline-block max-h-96 max-w-full rounded-md border border-line align-bottom"
    />
  )
}

const FileBefore = ({ name, size }: { name: string; size: string }) => (
  <span className="inline-block max-w-full truncate rounded-md border border-line px-2 align-bottom">
    {name} <span className="text-xs text-muted">{size}</span>
  </span>
)
