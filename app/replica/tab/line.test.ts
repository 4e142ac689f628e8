import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { STORE_VERSION } from '../idb.ts'
import { type FromTab, type Public, publicChannel, type ToTab, tabChannel } from '../protocol.ts'
import { Line } from './line.ts'

const channels: { close(): void }[] = []
let database = 0

beforeEach(() => {
  database++
  // As in a browser; here each keeps the process alive until it is closed.
  vi.stubGlobal(
    'BroadcastChannel',
    class extends BroadcastChannel {
      constructor(name: string) {
        super(name)
        channels.push(this)
      }
    },
  )
  vi.stubGlobal('navigator', {})
})
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close()
  vi.unstubAllGlobals()
})

/** A leader of a version, and the kinds of what it is asked, until it ends. */
function leader(version: string, store = STORE_VERSION) {
  const asked: string[] = []
  const own = [new BroadcastChannel(publicChannel(`line-${database}`))]
  const [everybody] = own as [BroadcastChannel]
  const announce = (): void => everybody.postMessage({ kind: 'leader', leader: `leader of ${version}`, store, version } satisfies Public)
  everybody.onmessage = ({ data }: MessageEvent<Public>) => {
    if (data.kind === 'who') announce()
    if (data.kind !== 'hello') return
    const line = new BroadcastChannel(tabChannel(`line-${database}`, data.tab))
    own.push(line)
    line.onmessage = ({ data }: MessageEvent<FromTab>) => {
      asked.push(data.kind === 'ask' ? data.ask.kind : data.kind)
      if (data.kind === 'ask') line.postMessage({ kind: 'told', id: data.id, told: null } satisfies ToTab)
    }
    line.postMessage({ kind: 'welcome', leader: `leader of ${version}` } satisfies ToTab)
  }
  announce()
  const say = (message: Public): void => everybody.postMessage(message)
  const end = (): void => {
    for (const channel of own) channel.close()
  }
  return { asked, say, end }
}

function tab(version: string): Line {
  const line = new Line(`line-${database}`, `tab of ${version}`, version)
  channels.push(line)
  line.start()
  return line
}

const update = { kind: 'update', room: 'team', epoch: '', bytes: new Uint8Array(), touched: [], isPainted: false } as const
const dropped = { ...update, isPainted: true }
const query = { kind: 'query', sql: 'select 1', parameters: [] } as const

it('REPLICA-22 S17 a page that was just opened and finds another version leading takes the lead, and asks it nothing', async () => {
  const old = leader('old')
  const line = tab('new')
  line.onOlderLeader = vi.fn(old.end)
  void line.ask(update)
  await vi.waitFor(() => expect(line.onOlderLeader).toHaveBeenCalledOnce())
  const own = leader('new')
  await vi.waitFor(() => expect(own.asked).toEqual(['update']))
  expect([old.asked, line.isOther]).toEqual([[], false])
})

it('REPLICA-22 S17 a page left behind gives the newer leader what was written in it and asks nothing else; of one like itself it asks all', async () => {
  const old = leader('old')
  const line = tab('old')
  line.onOlderLeader = vi.fn()
  const heard: string[] = []
  line.onPublic = ({ kind }) => heard.push(kind)
  await line.ask(query)
  old.end()
  const next = leader('new')
  await vi.waitFor(() => expect(line.isOther).toBe(true))
  void line.ask(query)
  line.tellAwareness('team', new Uint8Array())
  await line.ask(update)
  next.say({ kind: 'projected', at: 1, changed: {} })
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect([old.asked, next.asked, heard]).toEqual([['query'], ['update'], []])
  expect(line.onOlderLeader).not.toHaveBeenCalled()

  next.end()
  const again = leader('old')
  await vi.waitFor(() => expect(again.asked).toEqual(['query']))
})

it('REPLICA-22 a page that was just opened leaves the lead to one that keeps what it could not read', async () => {
  const line = tab('old')
  line.onOlderLeader = vi.fn()
  leader('new', STORE_VERSION + 1)
  await vi.waitFor(() => expect(line.isOther).toBe(true))
  expect(line.onOlderLeader).not.toHaveBeenCalled()
})

it('REPLICA-28 an update whose picture comes first is told when that is painted, or before whatever is asked next; of the next leader it is asked once', async () => {
  let paint = (): void => undefined
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => {
    paint = draw
  })
  const first = leader('new')
  const line = tab('new')
  await line.ask(query)
  const told = line.ask(dropped)
  line.tellAwareness('team', new Uint8Array())
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(first.asked, 'it waits for the picture').toEqual(['query'])
  paint()
  await told
  await vi.waitFor(() => expect(first.asked).toEqual(['query', 'update', 'awareness']))
  void line.ask(dropped)
  await line.ask(update)
  expect(first.asked.slice(3)).toEqual(['update', 'update'])

  void line.ask(dropped)
  first.end()
  const next = leader('next')
  await vi.waitFor(() => expect(next.asked).toEqual(['update']))
  paint()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(next.asked).toEqual(['update'])
})
