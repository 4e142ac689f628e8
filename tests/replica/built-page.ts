import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Builds the test page into a folder of its own and answers where it is. */
export async function buildPage(outDir: string): Promise<string> {
  await build({ configFile: fileURLToPath(new URL('./page/vite.config.ts', import.meta.url)), build: { outDir, emptyOutDir: true } })
  return outDir
}
