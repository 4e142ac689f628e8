import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serverOverTrpc } from './trpc-server.ts'

const answers: Record<string, [status: number, body: string]> = {
  page: [200, '<!DOCTYPE html>'],
  another: [404, '{"error":"not found"}'],
  trouble: [500, '{"error":{"message":"x","code":-32603,"data":{"code":"INTERNAL_SERVER_ERROR"}}}'],
  member: [403, '{"error":{"message":"x","code":-32003,"data":{"refusal":{"code":"forbidden","message":"x"}}}}'],
  full: [503, '{"error":{"message":"x","code":-32603,"data":{"refusal":{"code":"disk-full","message":"The disk is full."}}}}'],
}
const server = createServer((request, response) => {
  const [status, body] = answers[request.url?.split('/')[1] ?? ''] ?? [404, '']
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
})
let url: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

it.each([
  ['page', 'What answers at URL is no Slipway server.'],
  ['another', 'What answers at URL is no Slipway server.'],
  ['trouble', 'The server at URL is in trouble.'],
  ['member', "The server at URL does not take this runner's token."],
  ['full', 'The server at URL gives this runner no work: The disk is full.'],
])('RUNNER-4 a server that answers as %s gives no work, and the sentence says why', async (path, sentence) => {
  const at = `${url}/${path}`
  const port = serverOverTrpc(async () => ({ url: at, token: 't' }))
  const said = sentence.replace('URL', at)
  await expect(port.hello({ runnerId: 'r', name: 'n', version: '0' })).rejects.toThrow(said)
  await expect(port.claim('r', true, new AbortController().signal)).rejects.toThrow(said)
})

it('RUNNER-4 where nobody answers that is said, with what the network says', async () => {
  const port = serverOverTrpc(async () => ({ url: 'http://127.0.0.1:1', token: 't' }))
  await expect(port.hello({ runnerId: 'r', name: 'n', version: '0' })).rejects.toMatchObject({
    message: expect.stringContaining('No server answers at http://127.0.0.1:1. Start it'),
    cause: expect.any(Error),
  })
})
