import { answerCalls } from '#server/threads/answer.ts'
import { type DocumentRequest, Materialised } from './materialised.ts'

const documents = new Materialised()
answerCalls<DocumentRequest>((request) => documents.handle(request))
