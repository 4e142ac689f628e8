import { build } from '#launch/build.mjs'
import { ROOT } from '#launch/root.mjs'

/** The rows of the browser need the app built from the sources as they are. Throws with the reason where it cannot be. */
export function needBuiltApp(): void {
  build(ROOT)
}
