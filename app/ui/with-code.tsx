import { Fragment } from 'react'

/** A sentence of somebody's in which what stands between backticks is code; all other marks stay as they are. For headings and lines, where markdown's blocks have no place. */
export function WithCode({ text }: { text: string }) {
  return text.split(/`([^`\n]+)`/).map((part, at) =>
    at % 2 === 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
      <Fragment key={at}>{part}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
      <code key={at} className="rounded-sm bg-hover px-1 py-0.5 font-mono text-[0.92em] break-words">
        {part}
      </code>
    ),
  )
}
