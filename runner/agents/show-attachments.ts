import type { ChatCompletionContentPart, ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { type Attachment, attachmentsIn, MAX_TEXT, readText, withoutAttachments } from '#domain/core/attachment.ts'
import { HEAD, pictureType } from '#domain/core/picture.ts'
import { framedFile } from './framed-file.ts'
import type { OpenAiSpec } from './model-call.ts'

/** So many pictures, and bytes of them in all, go with one conversation: providers refuse more. */
const MOST_PICTURES = 8
const MOST_BYTES = 12 * 1024 * 1024
/** What providers read; AVIF is shown to people only. */
const READ = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

type Download = (sha256: string, most: number) => Promise<Uint8Array | null>

/** Letters of files for each token of a model's window: half of it, at four letters a token. A window nobody named is taken for a small one. */
const LETTERS = 2
const USUAL_WINDOW = 64_000

/**
 * AGENT-12 AGENT-13: the messages of people with the pictures their words show and what their files say, each once, the newest first where not all
 * can go. In the words each is named; a model that looks at no pictures, and one that something could not be sent, is told so.
 */
export async function showAttachments(
  messages: readonly ChatCompletionMessageParam[],
  spec: Pick<OpenAiSpec, 'takesPictures' | 'contextWindow'>,
  download: Download,
): Promise<ChatCompletionMessageParam[]> {
  const told = new Map<string, 'shown' | 'below' | 'cannot'>()
  let [pictures, bytesLeft, lettersLeft] = [0, MOST_BYTES, (spec.contextWindow ?? USUAL_WINDOW) * LETTERS]

  const pictureOf = async ({ sha256 }: Attachment): Promise<ChatCompletionContentPart | null> => {
    if (!spec.takesPictures || pictures >= MOST_PICTURES) return null
    pictures++
    const bytes = await download(sha256, bytesLeft).catch(() => null)
    const type = bytes && pictureType(bytes.subarray(0, HEAD))
    if (!bytes || !type || !READ.includes(type)) return null
    bytesLeft -= bytes.length
    return { type: 'image_url', image_url: { url: `data:${type};base64,${Buffer.from(bytes).toString('base64')}` } }
  }
  const fileOf = async ({ sha256, name }: Attachment): Promise<string | null> => {
    if (lettersLeft <= 0) return null
    const bytes = await download(sha256, MAX_TEXT).catch(() => null)
    const text = bytes && readText(bytes, new TextDecoder('utf-8', { fatal: true }))
    if (!text) return null
    const framed = framedFile(name, text, lettersLeft)
    lettersLeft -= text.length
    return framed
  }
  const wordsFor = ({ kind, name, sha256 }: Attachment): string => {
    const how = told.get(sha256)
    return `(${kind}: ${name}${how === 'cannot' ? '; it cannot be shown to you' : how === 'below' ? '; it stands below' : ''})`
  }

  const shown: ChatCompletionMessageParam[] = []
  for (const message of [...messages].reverse()) {
    if (message.role !== 'user' || typeof message.content !== 'string') {
      shown.unshift(message)
      continue
    }
    const seen: ChatCompletionContentPart[] = []
    const read: string[] = []
    for (const attachment of attachmentsIn(message.content).reverse()) {
      if (told.has(attachment.sha256)) continue
      const found = await (attachment.kind === 'picture' ? pictureOf(attachment) : fileOf(attachment))
      told.set(attachment.sha256, found === null ? 'cannot' : attachment.kind === 'picture' ? 'shown' : 'below')
      if (typeof found === 'string') read.unshift(found)
      else if (found) seen.unshift(found)
    }
    const text = [withoutAttachments(message.content, wordsFor), ...read].join('\n\n')
    shown.unshift({ ...message, content: seen.length > 0 ? [{ type: 'text', text }, ...seen] : text })
  }
  return shown
}
