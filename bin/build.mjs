// npm run build: the app, and the bundles of server and runner; each unless it was built from exactly these sources.
import { build } from './launch/build.mjs'
import { bundle } from './launch/bundle.mjs'
import { ROOT } from './launch/root.mjs'
import { runMain } from './launch/say.mjs'

await runMain(() => {
  build(ROOT)
  bundle(ROOT)
})
