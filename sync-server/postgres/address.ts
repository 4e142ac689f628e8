import type { ClientConfig } from 'pg'

/** Where a database is and how to speak to it; what `pg` takes. */
export type Address = Pick<ClientConfig, 'host' | 'port' | 'user' | 'password' | 'database' | 'connectionString'>

/** The address as one URL, for other programs that may read the data folder. */
export function addressUrl(address: Address): string {
  if (address.connectionString) return address.connectionString
  const { host = '', port = 5432, user = '', password, database = '' } = address
  const secret = typeof password === 'string' ? password : ''
  const where = host.startsWith('/') ? `/${database}?host=${encodeURIComponent(host)}&port=${port}` : `/${database}`
  return `postgresql://${user}:${encodeURIComponent(secret)}@${host.startsWith('/') ? 'localhost' : `${host}:${port}`}${where}`
}
