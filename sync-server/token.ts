import { parseArgs } from 'node:util'
import { members, ROLES } from '#domain/team/schema.ts'
import { readConfig } from './config.ts'
import { makeTokenFor } from './gate/new-token.ts'
import { ensureTeam } from './gate/team.ts'
import { makeLog } from './log.ts'
import { holderOf } from './postgres/data-lock.ts'
import { openStore } from './postgres/store.ts'
import { readServerFile, type ServerFile } from './server-file.ts'
import { messageOf, StartRefusal } from './start-refusal.ts'

const GIVEN_ROLES = ROLES.filter((role) => role !== 'owner')
type GivenRole = (typeof GIVEN_ROLES)[number]

/** `npm run token -- --role member --name Ada`: prints an API token, one line, nothing else, whether a server runs or not. */
async function main(): Promise<void> {
  const { role, name } = readArguments()
  const config = readConfig()
  const running = (await holderOf(config.data)) === null ? null : await readServerFile(config.data)
  process.stdout.write(`${running ? await askServer(running, role, name) : await makeHere(config, role, name)}\n`)
}

function readArguments(): { role: GivenRole; name: string } {
  let values: { role?: string; name?: string }
  try {
    values = parseArgs({ options: { role: { type: 'string', default: 'member' }, name: { type: 'string' } } }).values
  } catch (cause) {
    throw new StartRefusal(`${messageOf(cause)} Use it like this: npm run token -- --role member --name Ada`, { cause })
  }
  const role = GIVEN_ROLES.find((known) => known === values.role)
  if (!role) throw new StartRefusal(`There is no role ${values.role ?? ''}. The roles are ${GIVEN_ROLES.join(', ')}.`)
  const name = members.schema.shape.username.safeParse(values.name ?? '')
  if (!name.success) throw new StartRefusal('A token needs a name: npm run token -- --role member --name Ada')
  return { role, name: name.data }
}

/** The running server makes it, so that the new member is seen at once. */
async function askServer({ url, signInToken }: ServerFile, role: GivenRole, name: string): Promise<string> {
  const call = async (
    procedure: string,
    input: unknown,
    cookie: string,
  ): Promise<{ response: Response; body: { result?: { data: { token?: string } }; error?: { message: string } } }> => {
    const response = await fetch(`${url}/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(input),
    })
    return { response, body: (await response.json()) as { result?: { data: { token?: string } }; error?: { message: string } } }
  }
  const { response } = await call('session.signIn', { token: signInToken }, '')
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { body } = await call('tokens.create', { role, name }, cookie)
  await call('session.signOut', undefined, cookie)
  const token = body.result?.data.token
  if (!token) throw new StartRefusal(body.error?.message ?? 'The running server gave no token. Look at its log.')
  return token
}

async function makeHere(config: ReturnType<typeof readConfig>, role: GivenRole, name: string): Promise<string> {
  const store = await openStore(config.data, config.databaseUrl, makeLog('silent'))
  try {
    await ensureTeam(store.db)
    return (await makeTokenFor(store.db, name, role)).token
  } finally {
    await store.close()
  }
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${messageOf(thrown)}\n`)
  process.exit(1)
})
