// npm run token, npm run seed: runs a program from its bundle (`node bin/run.mjs token --role member --name Ada`), bundling
// first where the sources changed.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './launch/bundle.mjs'
import { ROOT } from './launch/root.mjs'
import { runMain } from './launch/say.mjs'

await runMain(async () => {
  const program = join(bundle(ROOT), `${process.argv[2]}.js`)
  // The program reads its arguments as if it had been started itself.
  process.argv.splice(1, 2, program)
  await import(pathToFileURL(program).href)
})
