const HIDDEN = '[hidden]'

/** Every spelling of some secrets that a log could show: as they are, in base64, in a URL, in JSON. The longest first. */
export function spellings(secrets: readonly string[]): string[] {
  const all = secrets
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('base64url'),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ])
  return [...new Set(all)].sort((a, b) => b.length - a.length)
}

const TOKENS =
  /\b(sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|AIza[A-Za-z0-9_-]{30,}|xox[abpr]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16})\b/g

/** LOG-1: a text without the secrets it names, nor anything that looks like a provider's token. */
export function redact(text: string, spelled: readonly string[]): string {
  let clean = text
  for (const secret of spelled) if (clean.includes(secret)) clean = clean.replaceAll(secret, HIDDEN)
  return clean.replace(TOKENS, HIDDEN)
}
