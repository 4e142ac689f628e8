import { answerCalls } from '#server/threads/answer.ts'
import { mergeProven } from './merge.ts'

answerCalls<Uint8Array[]>(mergeProven)
