// npm run dev: server and runner start again when their files change, pages reload as they are edited (Vite, port 4601).
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { install } from './launch/install.mjs'
import { checkMachine } from './launch/machine.mjs'
import { ROOT } from './launch/root.mjs'
import { runMain, say } from './launch/say.mjs'

const PAGES_PORT = 4601
const children = []

await runMain(() => {
  checkMachine()
  install(ROOT)
  const server = keep('server', ['--watch', '--watch-preserve-output', '--import', 'tsx', 'sync-server/main.ts'])
  createInterface({ input: server.stdout }).on('line', (line) => {
    const token = /[?&]token=(\S+)/.exec(line)?.[1]
    if (token) process.stdout.write(`http://localhost:${PAGES_PORT}/?token=${token}\n`)
  })
  keep('runner', ['--watch', '--watch-preserve-output', '--import', 'tsx', 'runner/main.ts'])
  keep('pages', ['node_modules/@remix-run/dev/dist/cli.js', 'vite:dev', '--port', String(PAGES_PORT), '--strictPort'])
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0))
})

/** Starts one of the three; when one ends by itself, all end. Each line it says carries its name. */
function keep(name, args) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  createInterface({ input: child.stderr }).on('line', (line) => say(`${name}: ${line}`))
  if (name === 'pages') createInterface({ input: child.stdout }).on('line', (line) => say(`${name}: ${line}`))
  child.once('exit', (code) => {
    say(`${name} ended (${code ?? 'killed'}).`)
    end(1)
  })
  return child
}

function end(code) {
  for (const child of children) {
    child.removeAllListeners('exit')
    child.kill('SIGTERM')
  }
  const all = children.map((child) =>
    child.exitCode === null && child.signalCode === null ? new Promise((gone) => child.once('exit', gone)) : undefined,
  )
  setTimeout(() => process.exit(code), 10_000).unref()
  void Promise.all(all).then(() => process.exit(code))
}
