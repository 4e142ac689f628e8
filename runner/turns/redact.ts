/** Shapes keys commonly have; each starts with letters that ordinary words don't. */
const SHAPES: readonly RegExp[] = [
  /\bsk-(?:ant-|proj-|or-v1-|svcacct-)?[A-Za-z0-9_-]{16,}/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bxox[abpors]-[A-Za-z0-9-]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bya29\.[A-Za-z0-9_-]{20,}/g,
  /\b(?:r|s)k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bhf_[A-Za-z0-9]{20,}/g,
  /\bgsk_[A-Za-z0-9]{20,}/g,
  /\bxai-[A-Za-z0-9]{20,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  /\b\d{8,10}:AA[A-Za-z0-9_-]{30,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
]
/** A run of characters a key can be made of, at the end of a chunk, which may go on in the next. */
const OPEN_KEY =
  /(?:\b(?:sk-|gh[pousr]_|github_pat_|glpat-|xox[abpors]-|AKIA|ASIA|AIza|ya29\.|[rs]k_(?:live|test)_|npm_|hf_|gsk_|xai-|SG\.|eyJ)[A-Za-z0-9_.-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,8000}|\b\d{8,10}:AA[A-Za-z0-9_-]*)$/
const MASK = '[redacted]'
const SHORTEST = 8

/**
 * REDACT-1: hides the secrets of one turn from everything that is told: as they are, base64 (wherever in a longer text
 * they begin), URL-encoded, JSON-escaped and in hex, and anything that has the shape of a common key.
 */
export class Redactor {
  readonly forms: readonly string[]
  private readonly longest: number

  constructor(secrets: readonly (string | null | undefined)[]) {
    const known = secrets.filter((secret): secret is string => typeof secret === 'string' && secret.length >= SHORTEST)
    this.forms = [...new Set(known.flatMap(formsOf))].sort((a, b) => b.length - a.length)
    this.longest = this.forms[0]?.length ?? 0
  }

  /** True when the text holds a known secret in any form. */
  holdsSecret = (text: string): boolean => this.forms.some((form) => text.includes(form))

  /** A whole text with the secrets hidden. */
  hide(text: string): string {
    let clean = this.hideKnown(text)
    for (const shape of SHAPES) clean = clean.replace(shape, MASK)
    return clean
  }

  /** Hides known secrets only: for a diff, which has to stay what it is. */
  hideKnown(text: string): string {
    return this.forms.reduce((clean, form) => (clean.includes(form) ? clean.replaceAll(form, MASK) : clean), text)
  }

  /** Hides them in a text that comes in pieces: holds back only an ending that may be the beginning of a secret. */
  stream(): { push: (piece: string) => string; end: () => string } {
    let held = ''
    return {
      push: (piece) => {
        const text = this.hideKnown(held + piece)
        const cut = this.safeLength(text)
        held = text.slice(cut)
        return this.hide(text.slice(0, cut))
      },
      end: () => {
        const rest = this.hide(held)
        held = ''
        return rest
      },
    }
  }

  private safeLength(text: string): number {
    let cut = text.length
    for (let start = Math.max(0, text.length - this.longest + 1); start < text.length; start++) {
      const tail = text.slice(start)
      if (this.forms.some((form) => form.startsWith(tail))) {
        cut = start
        break
      }
    }
    const open = OPEN_KEY.exec(text)
    return open ? Math.min(cut, open.index) : cut
  }
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const shifted = [0, 1, 2].flatMap((shift) => {
    // Inside a longer base64 text the first and last characters depend on the neighbours: what is left is what always shows.
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const core = text.slice(shift === 0 ? 0 : shift + 1, text.length - ((bytes.length + shift) % 3 === 0 ? 0 : 1))
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...shifted,
  ]
  return forms.filter((form) => form.length >= SHORTEST)
}
