import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { say } from './say.mjs'

const LARGE = 10 * 1024 * 1024

/**
 * Keeps what a process writes to stderr: its JSON log lines go to a file in the data folder, and those that warn are also
 * said in plain words. A line that is no JSON (a refusal to start) is for people and is passed on as it is.
 */
export function keepLog(name) {
  let file
  const waiting = []
  return {
    /** From now on lines go to the file; until the server runs, its folder may not be there. */
    open(data) {
      if (file) return
      const folder = join(data, 'logs')
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${name}.log`)
      if (sizeOf(path) > LARGE) renameSync(path, `${path}.1`)
      file = createWriteStream(path, { flags: 'a' })
      file.on('error', (error) => say(`The log ${path} cannot be written: ${error.message}.`))
      for (const line of waiting.splice(0)) file.write(`${line}\n`)
    },
    line(text) {
      const entry = readEntry(text)
      if (!entry) return say(text)
      if (file) file.write(`${text}\n`)
      else waiting.push(text)
      if (entry.level >= 40) say(`${name}: ${entry.msg ?? text}${entry.reason ? ` (${entry.reason})` : ''}`)
    },
  }
}

function readEntry(text) {
  if (!text.startsWith('{')) return undefined
  try {
    const entry = JSON.parse(text)
    return typeof entry.level === 'number' ? entry : undefined
  } catch {
    return undefined
  }
}

function sizeOf(path) {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
