import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export type Running = { pid: number; parent: number; state: string; command: string }

/** Every process of this machine, read from /proc. */
export function listProcesses(): Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        // The name in brackets may hold anything, a bracket too: what follows the last one is plain.
        const [state = '', parent = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return [{ pid: Number(name), parent: Number(parent), state, command }]
      } catch {
        return []
      }
    })
}

/** What a Slipway on this data folder started: whatever names the folder on its command line or in its environment, or works in it. */
export function processesOf(folder: string): Running[] {
  return listProcesses().filter(({ pid, state, command }) => {
    if (pid === process.pid || state === 'Z') return false
    return (
      command.includes(folder) ||
      read(() => readlinkSync(`/proc/${pid}/cwd`)).startsWith(folder) ||
      environmentOf(pid).includes(`=${folder}`)
    )
  })
}

const environmentOf = (pid: number): string => read(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))

/** A process may end while it is looked at. */
function read(look: () => string): string {
  try {
    return look()
  } catch {
    return ''
  }
}

/** A process with all it started, and all these started. */
export function familyOf(pid: number): Running[] {
  const all = listProcesses()
  const family = all.filter((one) => one.pid === pid)
  for (let at = 0; at < family.length; at++) family.push(...all.filter((one) => one.parent === family[at]?.pid))
  return family
}
