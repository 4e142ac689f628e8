import { type Answer, accept, type Refusal, refuse } from '#domain/core/refusal.ts'

export type Imported = { projectId: string; name: string }
/** How far an import is: `share` from 0 to 1. */
export type ImportStep = { step: 'sending' | 'checking' | 'storing'; share: number }

type Line = Partial<ImportStep & Imported & Pick<Refusal, 'code' | 'message'>> & { ok?: boolean }

const UNREACHED =
  "The server can't be reached, or the connection was cut. Nothing was imported. Check that the server runs, then try again."

/**
 * Sends a project's file to the server and tells how far it is. Answers what was imported, or why nothing was. `cancel` stops the
 * sending; what the server has whole it finishes all the same.
 */
export function sendParcel(file: Blob, tell: (step: ImportStep) => void): { answer: Promise<Answer<Imported>>; cancel: () => void } {
  // fetch does not tell how much of a body is sent.
  const request = new XMLHttpRequest()
  const answer = new Promise<Answer<Imported>>((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => tell({ step: 'sending', share: total > 0 ? loaded / total : 0 })
    request.onprogress = () => {
      const { step, share } = lastLine(request.responseText)
      if (step) tell({ step, share: share ?? 0 })
    }
    request.onload = () => resolve(readAnswer(request.responseText))
    request.onerror = () => resolve(refuse('server-unreached', UNREACHED))
    request.onabort = () => resolve(refuse('cancelled', 'The import was cancelled. Nothing was imported.'))
  })
  request.open('POST', '/parcels')
  request.setRequestHeader('content-type', 'application/gzip')
  request.send(file)
  return { answer, cancel: () => request.abort() }
}

/** What the server's answer comes to: its last line. */
export function readAnswer(text: string): Answer<Imported> {
  const { ok, projectId, name, code, message } = lastLine(text)
  if (ok && projectId !== undefined && name !== undefined) return accept({ projectId, name })
  return message ? refuse(code ?? 'refused', message) : refuse('server-unreached', UNREACHED)
}

/** The last whole line that has come so far; an empty one where none has. */
export function lastLine(text: string): Line {
  for (const line of text.split('\n').reverse()) {
    try {
      if (line) return JSON.parse(line) as Line
    } catch {
      // It has not come to its end yet.
    }
  }
  return {}
}
