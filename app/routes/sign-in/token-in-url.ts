/**
 * The sign-in token a printed URL carries (`/?token=…`), and the same address without it, so that it never stays in the
 * history or a screenshot. The invite page has a token of its own kind and is left alone.
 */
export function takeToken(href: string): { token: string; rest: string } | null {
  const url = new URL(href)
  const token = url.searchParams.get('token')?.trim()
  if (!token || url.pathname === '/join') return null
  url.searchParams.delete('token')
  return { token, rest: `${url.pathname}${url.search}${url.hash}` }
}

/** What people paste into the sign-in field: the whole printed URL, or the token alone. */
export function tokenFromPaste(pasted: string): string {
  const text = pasted.trim()
  if (!URL.canParse(text)) return text
  return new URL(text).searchParams.get('token')?.trim() || text
}
