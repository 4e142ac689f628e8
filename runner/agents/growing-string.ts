/**
 * What is known so far of one text field of a JSON object that is still arriving: always a beginning of what it will be. Reads the object's
 * own fields only; whatever is no JSON ends it with what was read.
 */
export function growingString(json: string, field: string): string {
  const at = { depth: 0, isKey: true, key: '' }
  for (let i = 0; i < json.length; i++) {
    const letter = json[i]
    if (letter === '"') {
      const read = readString(json, i + 1)
      if (at.depth === 1 && !at.isKey && at.key === field) return read.text
      if (at.depth === 1 && at.isKey) at.key = read.text
      i = read.end
    } else if (letter === '{' || letter === '[') at.depth++
    else if (letter === '}' || letter === ']') at.depth--
    else if (at.depth === 1 && letter === ':') at.isKey = false
    else if (at.depth === 1 && letter === ',') at.isKey = true
  }
  return ''
}

const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** A string from behind its opening quote, and where its closing one stands. One cut off ends before what is not whole: an escape, or half a sign. */
function readString(json: string, from: number): { text: string; end: number } {
  let text = ''
  for (let i = from; i < json.length; i++) {
    const letter = json[i] ?? ''
    if (letter === '"') return { text, end: i }
    if (letter !== '\\') {
      text += letter
      continue
    }
    const kind = json[i + 1]
    if (kind === undefined) break
    if (kind === 'u') {
      const hex = json.slice(i + 2, i + 6)
      if (!/^[0-9a-f]{4}$/i.test(hex)) break
      text += String.fromCharCode(Number.parseInt(hex, 16))
      i += 5
    } else {
      text += ESCAPED[kind] ?? kind
      i++
    }
  }
  return { text: /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text, end: json.length }
}
