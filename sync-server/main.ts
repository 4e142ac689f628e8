import { readConfig } from './config.ts'
import { type Log, makeLog } from './log.ts'
import { startServer } from './server.ts'
import { removeServerFile, writeServerFile } from './server-file.ts'
import { messageOf, whyNotStarted } from './start-refusal.ts'

const STOP_MS = 10_000

/** Says in one sentence why the server cannot start, and ends. */
function refuseStart(thrown: unknown): never {
  process.stderr.write(`${whyNotStarted(thrown)}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const config = readConfig()
  const log = makeLog(config.logLevel)
  if (Number(process.versions.node.split('.')[0]) < 22)
    log.debug(`Node ${process.versions.node} is past its end of life; 22 or later is better.`)
  let stopping = false
  const starting = startServer(config, log)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A second signal changes nothing: what is under way is being flushed, with a deadline.
      if (stopping) return
      stopping = true
      void stopInTime(log, async () => {
        const server = await starting
        await removeServerFile(config.data)
        await server.stop()
      })
    })
  }
  const server = await starting
  if (stopping) return
  const { url, signInToken, runnerToken, databaseUrl } = server
  await writeServerFile(config.data, { url, pid: process.pid, signInToken, runnerToken, databaseUrl })
  process.stdout.write(`Slipway is ready: ${config.address ?? url}/?token=${signInToken}\n`)
}

async function stopInTime(log: Log, stop: () => Promise<void>): Promise<never> {
  const deadline = setTimeout(() => {
    log.error('stopping took too long; what was acknowledged is stored')
    process.exit(1)
  }, STOP_MS - 500)
  try {
    await stop()
  } catch (thrown) {
    log.error({ reason: messageOf(thrown) }, 'stopping failed')
  }
  clearTimeout(deadline)
  process.exit(0)
}

// A defect in one request must not take everybody down; it is logged with its cause.
process.on('unhandledRejection', (thrown) =>
  makeLog('error').error(
    { reason: messageOf(thrown), stack: thrown instanceof Error ? thrown.stack : undefined },
    'an error nobody handled',
  ),
)

main().catch(refuseStart)
