// A browser that is short of space throws away all that a site keeps, at once and without a word; its cookies it leaves. So a cookie
// says that something was kept here, and how much of it the server did not have.

const nameOf = (database: string): string => `slipway-kept-${database}`
const SECONDS = 400 * 24 * 60 * 60

/** How many changes that the server had not acknowledged were kept here last; null where nothing is known to have been kept. */
export function readMark(database: string): number | null {
  const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${nameOf(database)}=`))
  return found ? Number(found.slice(found.indexOf('=') + 1)) || 0 : null
}

/** Marks that something is kept here. */
export function writeMark(database: string, changes: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing without TLS, and in browsers of two years ago
  document.cookie = `${nameOf(database)}=${changes}; Path=/; Max-Age=${SECONDS}; SameSite=Strict`
}
