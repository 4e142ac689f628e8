const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i

type Headers = Record<string, string | string[] | undefined>
const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''))

/** GATE-3: only names of this machine are answered, so that a foreign name made to point here (DNS rebinding) gets nothing. */
export function isKnownHost(headers: Headers): boolean {
  return LOOPBACK.test(one(headers.host))
}

/**
 * Whether a request was made on this machine: it came over the loopback, and no balancer says that it passes it on. One
 * through a tunnel cannot be told from it.
 */
export function isFromHere(headers: Headers, remoteAddress: string | undefined): boolean {
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'via'].some((name) => headers[name] !== undefined)
  return !isPassedOn && /^(::1|(::ffff:)?127\.)/.test(remoteAddress ?? '')
}

/**
 * GATE-4: a request that a cookie speaks for must come from our own page. A browser says so by an Origin that equals the
 * Host (always on a socket, and on every request that changes something) or, where it sends none, by Sec-Fetch-Site.
 */
export function isFromOurPage(headers: Headers, mustSayOrigin: boolean): boolean {
  const origin = one(headers.origin)
  if (origin) return origin !== 'null' && URL.canParse(origin) && new URL(origin).host === one(headers.host).toLowerCase()
  const site = one(headers['sec-fetch-site'])
  if (site) return site === 'same-origin' || (site === 'none' && !mustSayOrigin)
  return !mustSayOrigin
}

/** Where the page that asks stands, with its protocol: behind a proxy that speaks TLS nothing else here knows of it. Who is no page is at the host it asked. */
export function addressOfPage(headers: Headers): string {
  const origin = one(headers.origin)
  return origin && isFromOurPage(headers, true) ? origin : `http://${one(headers.host) || 'localhost'}`
}

/** The value of a cookie, or null. */
export function readCookie(headers: Headers, name: string): string | null {
  for (const part of one(headers.cookie).split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** The token of an `Authorization: Bearer` header, or null. */
export function readBearer(headers: Headers): string | null {
  return /^Bearer\s+(\S+)$/i.exec(one(headers.authorization))?.[1] ?? null
}
