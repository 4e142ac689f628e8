import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { prebuiltDatabase } from '../../../bin/prebuilt-database-plugin.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Builds the page the replica is tested on: the replica alone, without the product's pages. */
export default defineConfig({
  root: here('.'),
  publicDir: here('../../../public'),
  plugins: [prebuiltDatabase()],
  esbuild: { jsx: 'automatic' },
  resolve: { dedupe: ['react', 'react-dom', 'yjs'] },
  worker: { format: 'es' },
  logLevel: 'error',
  build: { target: 'es2022', emptyOutDir: true, chunkSizeWarningLimit: 2_000, reportCompressedSize: false },
})
