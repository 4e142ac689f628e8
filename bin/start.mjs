#!/usr/bin/env node
// npm start: installs and builds what is not there yet, runs sync-server and runner, prints one sign-in URL on stdout.
// Needs nothing but Node: on a fresh clone no package is there yet.
import { resolve } from 'node:path'
import { build } from './launch/build.mjs'
import { bundle, nodeArgs } from './launch/bundle.mjs'
import { install } from './launch/install.mjs'
import { KeptProcess } from './launch/keep-running.mjs'
import { keepLog } from './launch/log-file.mjs'
import { checkMachine } from './launch/machine.mjs'
import { ROOT } from './launch/root.mjs'
import { runMain, say } from './launch/say.mjs'

const SIGN_IN = /https?:\/\/\S+[?&]token=\S+/

await runMain(() => {
  checkMachine()
  install(ROOT)
  build(ROOT)
  run(bundle(ROOT), resolve(process.env.SLIPWAY_DATA || './.slipway'))
})

/** Runs the two processes, from their bundles, until somebody stops them. */
function run(bundles, data) {
  const logs = { server: keepLog('server'), runner: keepLog('runner') }
  let printed = false
  let stopping = false

  const server = new KeptProcess({
    name: 'server',
    root: ROOT,
    args: nodeArgs(bundles, 'server'),
    env: () => ({}),
    onLog: (line) => logs.server.line(line),
    onLine: (line) => {
      const url = SIGN_IN.exec(line)?.[0]
      if (!url) return false
      if (printed) say(`The server is back. To sign in anew: ${url}`)
      else process.stdout.write(`${url}\n`)
      printed = true
      for (const log of Object.values(logs)) log.open(data)
      if (runner.pid === undefined) {
        runner.start()
        // What a runner refuses it refuses at once.
        setTimeout(() => runner.isReady(), 5_000).unref()
      }
      return true
    },
    onRefusal: () => stop(1),
  })
  const runner = new KeptProcess({
    name: 'runner',
    root: ROOT,
    args: nodeArgs(bundles, 'runner'),
    env: () => ({ SLIPWAY_DATA: data }),
    onLog: (line) => logs.runner.line(line),
    onLine: () => false,
    onRefusal: () => stop(1),
  })

  const stop = async (code) => {
    if (stopping) return
    stopping = true
    if (code === 0) say('Stopping …')
    // The runner first: what it still has to report needs the server.
    await runner.stop()
    await server.stop()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!stopping) void stop(0)
      else if (signal === 'SIGINT' && Date.now() - stopBegan > 300) {
        // Asked twice, by hand: at once.
        runner.kill()
        server.kill()
        process.exit(130)
      }
      stopBegan ||= Date.now()
    })
  }
  let stopBegan = 0
  if (process.env.npm_lifecycle_event) whenOrphaned(() => void stop(0))
  server.start()
}

/**
 * npm that is told to stop ends the shell between it and us, and the shell tells nobody. Whoever stopped npm meant us.
 */
function whenOrphaned(stop) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, 200)
  timer.unref()
}
