// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import { Children, memo, type ReactNode } from 'react'
import ReactMarkdown, { type Components, type Options } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import remend from 'remend'
import { pictureAt } from '#domain/core/picture.ts'
import { classes } from './classes.ts'
import { FileChip } from './file-chip.tsx'
import { Picture } from './picture.tsx'

/** Headings differ in size and not in level: a text begins at any level it likes, and a page has one order of headings. */
const components: Components = {
  a: ({ href, title, children }) => {
    const sha256 = pictureAt(href)
    if (sha256 !== null) return <FileChip sha256={sha256} name={wordsOf(children)} size={title ?? ''} />
    return (
      <a href={href} target="_blank" rel="noreferrer noopener" className="text-accent underline underline-offset-2">
        {children}
      </a>
    )
  },
  // No pictures from elsewhere: a remote picture tells its server who read this and when. Its words stay.
  img: ({ src, alt }) => {
    const sha256 = pictureAt(typeof src === 'string' ? src : undefined)
    return sha256 === null ? <span>{alt}</span> : <Picture sha256={sha256} words={alt || 'picture'} />
  },
  h1: ({ children }) => <h2 className="mt-3 mb-1 text-lg font-semibold first:mt-0">{children}</h2>,
  h2: ({ children }) => <h2 className="mt-3 mb-1 text-base font-semibold first:mt-0">{children}</h2>,
  h3: ({ children }) => <h2 className="mt-2 mb-1 text-sm font-semibold first:mt-0">{children}</h2>,
  p: ({ children }) => <p className="my-1.5 first:mt-0 last:mb-0">{children}</p>,
  ul: ({ children, className }) => (
    <ul
      className={classes('my-1.5 flex flex-col gap-0.5', className?.includes('contains-task-list') ? 'list-none pl-0' : 'list-disc pl-5')}
    >
      {children}
    </ul>
  ),
  ol: ({ children }) => <ol className="my-1.5 flex list-decimal flex-col gap-0.5 pl-5">{children}</ol>,
  blockquote: ({ children }) => <blockquote className="my-2 border-l-2 border-edge pl-3 text-muted">{children}</blockquote>,
  code: ({ children }) => <code className="rounded-sm bg-hover px-1 py-0.5 font-mono text-[0.92em] break-words">{children}</code>,
  pre: ({ children }) => (
    <pre tabIndex={0} className="my-2 overflow-x-auto rounded-md bg-sunken p-3 text-xs leading-5 [&_code]:bg-transparent [&_code]:p-0">
      {children}
    </pre>
  ),
  hr: () => <hr className="my-3 border-line" />,
  table: ({ children }) => (
    <div tabIndex={0} className="my-2 overflow-x-auto">
      <table className="border-collapse text-sm [&_td]:border [&_td]:border-line [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:border-line [&_th]:bg-hover [&_th]:px-2 [&_th]:py-1 [&_th]:text-left">
        {children}
      </table>
    </div>
  ),
  input: ({ checked, type }) =>
    type === 'checkbox' ? (
      <input
        type="checkbox"
        checked={checked ?? false}
        readOnly
        disabled
        aria-label={checked ? 'done' : 'open'}
        className="mr-1.5 align-[-1px]"
      />
    ) : null,
}

/** What stands in a link, where it is words: a name has no marks. */
const wordsOf = (children: ReactNode): string =>
  Children.toArray(children)
    .filter((child) => typeof child === 'string')
    .join('') || 'file'

/** Something that is done to a text while it is drawn. */
export type Steps = NonNullable<Options['rehypePlugins']>
const NOTHING: Steps = []

/** Somebody's markdown, made safe. `isStreaming` closes half-written marks so that the text does not flicker while it grows. */
export const Markdown = memo(function Markdown({
  text,
  isStreaming = false,
  after = NOTHING,
  className,
}: {
  text: string
  isStreaming?: boolean
  /** What is done to it once it is safe; the same list as long as it does the same. */
  after?: Steps
  className?: string
}) {
  return (
    <div className={classes('min-w-0 text-sm leading-[1.55] break-words', className)}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSanitize, ...after]} components={components}>
        {isStreaming ? remend(text) : text}
      </ReactMarkdown>
    </div>
  )
})
