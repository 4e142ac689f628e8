import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Server } from '@hocuspocus/server'
import { applyUpdate, encodeStateAsUpdate } from 'yjs'

/**
 * Hocuspocus as it comes. With a folder as second argument it keeps documents in plain files, through the two hooks that
 * its own database extensions use: the cheapest store it could have.
 */
const [port, folder] = process.argv.slice(2)
const fileOf = (name) => path.join(folder, encodeURIComponent(name))

const storing = folder && {
  async onLoadDocument({ document, documentName }) {
    const stored = await readFile(fileOf(documentName)).catch(() => null)
    if (stored) applyUpdate(document, stored)
  },
  async onStoreDocument({ document, documentName }) {
    await mkdir(folder, { recursive: true })
    const file = fileOf(documentName)
    await writeFile(`${file}.new`, encodeStateAsUpdate(document))
    await rename(`${file}.new`, file)
  },
}

const server = new Server({ address: '127.0.0.1', port: Number(port), quiet: true, stopOnSignals: true, ...storing })
// Its `address` option is not one Node knows, so by itself it would listen on every interface.
const listen = server.httpServer.listen.bind(server.httpServer)
server.httpServer.listen = (options, done) => listen({ ...options, host: '127.0.0.1' }, done)
await server.listen()
