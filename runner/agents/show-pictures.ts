import type { ChatCompletionContentPart, ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { HEAD, picturesIn, pictureType, withoutPictures } from '#domain/core/picture.ts'
import type { OpenAiSpec } from './model-call.ts'

/** So many pictures, and bytes of them in all, go with one conversation: providers refuse more. */
const MOST_PICTURES = 8
const MOST_BYTES = 12 * 1024 * 1024
/** What providers read; AVIF is shown to people only. */
const READ = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

type Download = (sha256: string, most: number) => Promise<Uint8Array | null>

/**
 * AGENT-12: the messages of people with the pictures their words show, each once, the newest first where not all can go. In the words a
 * picture is named; a model that looks at none, and one it could not be sent, is told so.
 */
export async function showPictures(
  messages: readonly ChatCompletionMessageParam[],
  spec: Pick<OpenAiSpec, 'takesPictures'>,
  download: Download,
): Promise<ChatCompletionMessageParam[]> {
  const fetched = new Map<string, string | null>()
  let left = MOST_BYTES
  const fetchOne = async (sha256: string): Promise<string | null> => {
    if (!spec.takesPictures || fetched.size >= MOST_PICTURES) return null
    const bytes = await download(sha256, left).catch(() => null)
    const type = bytes && pictureType(bytes.subarray(0, HEAD))
    if (!bytes || !type || !READ.includes(type)) return null
    left -= bytes.length
    return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
  }
  const shown: ChatCompletionMessageParam[] = []
  for (const message of [...messages].reverse()) {
    if (message.role !== 'user' || typeof message.content !== 'string') {
      shown.unshift(message)
      continue
    }
    const parts: ChatCompletionContentPart[] = []
    for (const { sha256 } of picturesIn(message.content)) {
      if (fetched.get(sha256)) continue
      const url = await fetchOne(sha256)
      fetched.set(sha256, url)
      if (url) parts.push({ type: 'image_url', image_url: { url } })
    }
    const text = withoutPictures(message.content, ({ name, sha256 }) =>
      fetched.get(sha256) ? `(picture: ${name})` : `(picture: ${name}; it cannot be shown to you)`,
    )
    shown.unshift({ ...message, content: parts.length > 0 ? [{ type: 'text', text }, ...parts] : text })
  }
  return shown
}
