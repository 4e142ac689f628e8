import { vitePlugin as remix } from '@remix-run/dev'
import tailwind from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { everyPagesChunks } from './bin/chunks.ts'
import { prebuiltDatabase } from './bin/prebuilt-database-plugin.ts'
import remixConfig from './remix.config.js'

/** Where `npm run dev` finds the sync-server; the built app is served by it and needs none of this. */
const server = { target: 'http://127.0.0.1:4600', ws: true }

/** Smaller files (bytes, not compressed) are put together where no page would have to fetch more for it: a request costs more. */
const SMALLEST_CHUNK = 4_000

/** A grammar is known by its file's name: what looks after the app's files offline does not hold back the first visit for it. */
const nameOfChunk = ({ facadeModuleId }: { facadeModuleId: string | null }): string =>
  `assets/${facadeModuleId?.includes('/node_modules/@lezer/') ? 'grammar' : '[name]'}-[hash].js`

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [tailwind(), remix(remixConfig), prebuiltDatabase()],
  server: {
    host: '127.0.0.1',
    proxy: { '/trpc': server, '/sync': server, '/blobs': server, '/parcels': server, '/healthz': server, '/version': server },
  },
  resolve: { dedupe: ['react', 'react-dom', 'yjs', '@codemirror/state', '@codemirror/view'] },
  optimizeDeps: {
    // All of the app is looked through at the start: a package found later would be a second React in the page that is open.
    entries: ['app/**/*.{ts,tsx}', '!app/**/*.test.{ts,tsx}'],
    // PGlite finds its wasm beside its own module, which pre-bundling would move.
    exclude: ['@electric-sql/pglite'],
  },
  worker: { format: 'es', rollupOptions: { output: { chunkFileNames: nameOfChunk } } },
  build: {
    target: 'es2022',
    // PGlite's own size is known and loaded after the first paint.
    chunkSizeWarningLimit: 1_000,
    reportCompressedSize: false,
    // The server's half only writes `index.html` and is thrown away: nobody gains by leaving out what it does not use.
    rollupOptions: isSsrBuild
      ? { treeshake: false }
      : { output: { manualChunks: everyPagesChunks(), experimentalMinChunkSize: SMALLEST_CHUNK } },
  },
}))
