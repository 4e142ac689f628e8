import { answerCalls } from '#server/threads/answer.ts'
import { readLarge } from './large-updates.ts'

answerCalls<Uint8Array>(readLarge)
