import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { contentPolicy } from './content-policy.ts'
import { PackedFiles, packingFor, type Way } from './packed-files.ts'
import { PageParts } from './page-parts.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon',
  '.woff2': 'font/woff2', '.wasm': 'application/wasm', '.txt': 'text/plain; charset=utf-8', '.map': 'application/json', '.gz': 'application/gzip',
} // biome-ignore format: a table

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

const NOT_BUILT =
  '<!doctype html><meta charset="utf-8"><title>Slipway</title><p>The app is not built yet. Run <code>npm start</code>, which builds it, and load this page again.'

/** The built app, as browsers ask for it. */
export class AppFiles {
  readonly #folder: string
  readonly #packed = new PackedFiles()
  readonly #parts: PageParts

  /** `folder`: where the build has put it. */
  constructor(folder: string) {
    this.#folder = folder
    this.#parts = new PageParts(folder)
  }

  /** Answers with a file; a path that is none gets the app's page, which knows its own routes. */
  async serve(pathname: string, way: Way & { ifNoneMatch: string | null }): Promise<Response> {
    const file = path.join(this.#folder, path.normalize(`/${pathname}`))
    const inside = file.startsWith(this.#folder + path.sep)
    const found = inside ? await stat(file).catch(() => null) : null
    if (!inside || !found?.isFile()) {
      // A missing script answered with a page would be a riddle in the browser's console.
      if (pathname.startsWith('/assets/')) return new Response('There is no such file.', { status: 404, headers: COMMON })
      return await this.#page(pathname)
    }
    if (path.basename(file) === 'index.html') return await this.#page(pathname)
    const packing = packingFor(file, found.size, way)
    const tag = `${found.size.toString(16)}-${Math.floor(found.mtimeMs).toString(16)}`
    const headers = {
      ...COMMON,
      etag: packing ? `"${tag}-${packing}"` : `"${tag}"`,
      vary: 'accept-encoding',
      // Named after what is in them, or after its version: they never change.
      'cache-control': /^\/(assets|pglite)\//.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    }
    if (way.ifNoneMatch === headers.etag) return new Response(null, { status: 304, headers })
    if (packing) {
      const bytes = await this.#packed.get(file, packing, tag)
      return new Response(bytes, { headers: { ...headers, 'content-encoding': packing, 'content-length': String(bytes.length) } })
    }
    return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
      headers: { ...headers, 'content-length': String(found.size) },
    })
  }

  async #page(pathname: string): Promise<Response> {
    const html = await readFile(path.join(this.#folder, 'index.html'), 'utf8').catch(() => null)
    const headers = { ...COMMON, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', 'x-frame-options': 'DENY' }
    if (html === null) return new Response(NOT_BUILT, { status: 503, headers })
    const link = await this.#parts.link(html, pathname)
    return new Response(html, { headers: { ...headers, 'content-security-policy': contentPolicy(html), ...(link && { link }) } })
  }
}
