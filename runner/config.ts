import { readFile } from 'node:fs/promises'
import { homedir, hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Address } from './turns/trpc-server.ts'

const environment = z.object({
  SLIPWAY_DATA: z.string().min(1).default('./.slipway'),
  SLIPWAY_RUNNER_DATA: z.string().min(1).optional(),
  SLIPWAY_URL: z
    .url({ protocol: /^https?$/, error: 'SLIPWAY_URL must be the address of the server, such as http://localhost:4600.' })
    .optional(),
  SLIPWAY_RUNNER_TOKEN: z
    .string()
    .regex(/^[!-~]+$/, 'SLIPWAY_RUNNER_TOKEN must be a token: one word, without spaces or line breaks.')
    .optional(),
  SLIPWAY_RUNNER_NAME: z.string().min(1).max(100).optional(),
  SLIPWAY_RUNNER_SLOTS: z.coerce.number({ error: 'SLIPWAY_RUNNER_SLOTS must be a number from 1 to 16.' }).int().min(1).max(16).default(2),
  SLIPWAY_UNSANDBOXED: z.enum(['allow', 'refuse'], { error: 'SLIPWAY_UNSANDBOXED must be allow or refuse.' }).default('refuse'),
  SLIPWAY_BWRAP: z.string().min(1).default('bwrap'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.',
    })
    .default('info'),
  PATH: z.string().default('/usr/local/bin:/usr/bin:/bin'),
})

/** The runner's settings, each with a default. */
export type RunnerConfig = {
  data: string
  repositories: string
  name: string
  slots: number
  allowUnsandboxed: boolean
  bwrap: string
  searchPath: string
  logLevel: string
  personHome: string
  /** The server's address and token: given, or as the server wrote them beside its data. */
  address: () => Promise<Address | undefined>
}

/** Reads the environment, and nothing else does. A wrong value comes back as one sentence. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): { ok: true; config: RunnerConfig } | { ok: false; sentence: string } {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return {
      ok: false,
      sentence:
        issue?.message.startsWith('SLIPWAY') || issue?.message.startsWith('LOG')
          ? issue.message
          : `${issue?.path.join('.')}: ${issue?.message}`,
    }
  }
  const given = parsed.data
  if ((given.SLIPWAY_URL === undefined) !== (given.SLIPWAY_RUNNER_TOKEN === undefined)) {
    return { ok: false, sentence: 'Set SLIPWAY_URL and SLIPWAY_RUNNER_TOKEN together, or neither to use the server on this machine.' }
  }
  const shared = resolve(given.SLIPWAY_DATA)
  return {
    ok: true,
    config: {
      data: given.SLIPWAY_RUNNER_DATA ? resolve(given.SLIPWAY_RUNNER_DATA) : join(shared, 'runner'),
      repositories: join(shared, 'repositories'),
      name: given.SLIPWAY_RUNNER_NAME ?? hostname(),
      slots: given.SLIPWAY_RUNNER_SLOTS,
      allowUnsandboxed: given.SLIPWAY_UNSANDBOXED === 'allow',
      bwrap: given.SLIPWAY_BWRAP,
      searchPath: given.PATH,
      logLevel: given.LOG_LEVEL,
      personHome: homedir(),
      address: () =>
        given.SLIPWAY_URL && given.SLIPWAY_RUNNER_TOKEN
          ? Promise.resolve({ url: given.SLIPWAY_URL.replace(/\/+$/, ''), token: given.SLIPWAY_RUNNER_TOKEN })
          : addressFile(join(shared, 'server.json')),
    },
  }
}

const addressSchema = z.object({ url: z.string(), runnerToken: z.string() })

async function addressFile(file: string): Promise<Address | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const { url, runnerToken } = addressSchema.parse(JSON.parse(text))
    return { url: url.replace(/\/+$/, ''), token: runnerToken }
  } catch {
    return undefined
  }
}
