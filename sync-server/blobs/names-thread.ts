import { answerCalls } from '#server/threads/answer.ts'
import { namesIn } from './names-in.ts'

answerCalls<Uint8Array[]>(namesIn)
