import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { full } from '../bench/settings.ts'
import { remoteEditRow } from '../bench/rows/remote-edit.ts'
import { stopTheRest } from '../bench/servers/process.ts'
const folder = await mkdtemp(path.join(tmpdir(), 'slipway-re-'))
try {
  console.log(JSON.stringify(await remoteEditRow.run({ folder, settings: { ...full, browser: { ...full.browser, repeats: Number(process.env.N ?? 10) } }, driver: null as any, say: console.error } as any), null, 1))
} finally { await rm(folder, { recursive: true, force: true }); await stopTheRest() }
process.exit(0)
