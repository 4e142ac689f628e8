import path from 'node:path'
import { z } from 'zod'
import { ROOT } from '#launch/root.mjs'
import { StartRefusal } from './start-refusal.ts'

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

const environment = z.object({
  PORT: z.coerce
    .number('PORT must be a number.')
    .int('PORT must be a whole number.')
    .min(0, 'PORT cannot be negative.')
    .max(65_535, 'PORT can be at most 65535.')
    .default(4600),
  HOST: z.string().default('127.0.0.1'),
  SLIPWAY_DATA: z.string().default('./.slipway'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must begin with postgres:// or postgresql://.')
    .optional(),
  SLIPWAY_SECRET: z.string().min(16, 'SLIPWAY_SECRET needs at least 16 characters.').optional(),
  SLIPWAY_URL: z
    .url({ protocol: /^https?$/, error: 'SLIPWAY_URL must be the address people use, such as http://localhost:4600.' })
    .optional(),
  SLIPWAY_RUNNER_TOKEN: z.string().min(32, 'SLIPWAY_RUNNER_TOKEN needs at least 32 characters.').optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'LOG_LEVEL must be one of trace, debug, info, warn, error and silent.')
    .default('info'),
})

/** Everything the server wants to know of its surroundings. */
export type Config = {
  port: number
  host: string
  /** The data folder, absolute. */
  data: string
  databaseUrl: string | null
  /** The master key's text where the environment gives one. */
  secret: string | null
  /** Where people reach it, when that is not where it listens: a balancer's address. */
  address: string | null
  /** What runners elsewhere show, where the environment says so. */
  runnerToken: string | null
  logLevel: string
  /** The folder of the built app, absolute. */
  appFolder: string
}

/** Reads the environment once. Throws a `StartRefusal` whose sentence names the variable and what it may be. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new StartRefusal(
      `The configuration is wrong: ${issue?.message ?? 'it cannot be read.'} (${issue?.path.join('.') ?? 'environment'})`,
    )
  }
  const { PORT, HOST, SLIPWAY_DATA, DATABASE_URL, SLIPWAY_SECRET, SLIPWAY_URL, SLIPWAY_RUNNER_TOKEN, LOG_LEVEL } = parsed.data
  if (!LOOPBACK.includes(HOST)) {
    throw new StartRefusal(
      `HOST=${HOST} would let other machines in, and this version has no accounts with passwords to keep strangers out. Leave HOST at 127.0.0.1 and reach it through an SSH tunnel.`,
    )
  }
  return {
    port: PORT,
    host: HOST,
    data: path.resolve(SLIPWAY_DATA),
    databaseUrl: DATABASE_URL ?? null,
    secret: SLIPWAY_SECRET ?? null,
    address: SLIPWAY_URL?.replace(/\/+$/, '') ?? null,
    runnerToken: SLIPWAY_RUNNER_TOKEN ?? null,
    logLevel: LOG_LEVEL,
    appFolder: path.join(ROOT, 'build', 'client'),
  }
}
