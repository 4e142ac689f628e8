import { bundle, nodeArgs } from '#launch/bundle.mjs'
import { ROOT } from '#launch/root.mjs'

let bundles: string | undefined

/** What to give Node to run a program of the product, bundled from the sources as they are: tests prove what ships. */
export function program(name: 'server' | 'runner' | 'token'): string[] {
  bundles ??= bundle(ROOT)
  return nodeArgs(bundles, name)
}
