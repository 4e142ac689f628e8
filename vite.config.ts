import { vitePlugin as remix } from '@remix-run/dev'
import tailwind from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { prebuiltDatabase } from './bin/prebuilt-database-plugin.ts'
import remixConfig from './remix.config.js'

/** Where `npm run dev` finds the sync-server; the built app is served by it and needs none of this. */
const server = { target: 'http://127.0.0.1:4600', ws: true }

export default defineConfig({
  plugins: [tailwind(), remix(remixConfig), prebuiltDatabase()],
  server: { host: '127.0.0.1', proxy: { '/trpc': server, '/sync': server, '/blobs': server, '/healthz': server, '/version': server } },
  resolve: { dedupe: ['react', 'react-dom', 'yjs', '@codemirror/state', '@codemirror/view'] },
  // PGlite finds its wasm beside its own module, which pre-bundling would move.
  optimizeDeps: {
    exclude: ['@electric-sql/pglite'],
    include: [
      'yjs',
      'y-websocket',
      'y-protocols/awareness',
      'y-protocols/sync',
      'lib0/encoding',
      'lib0/decoding',
      'zod',
      'kysely',
      'uuid',
      'jittered-fractional-indexing',
      '@trpc/client',
    ],
  },
  worker: { format: 'es' },
  // PGlite's own size is known and loaded after the first paint.
  build: { chunkSizeWarningLimit: 1_000, target: 'es2022' },
})
