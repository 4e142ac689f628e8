import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TurnStop } from '#runner/turn-stop.ts'
import { type FakeOpenAi, fakeOpenAi, specOfFake } from '#tests/fakes/openai-server.ts'
import { callModel, DEADLINES } from './model-call.ts'

let model: FakeOpenAi
beforeAll(async () => {
  model = await fakeOpenAi()
  model.pull({ hangAfter: 3 })
})
afterAll(() => model.close())

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

test('MODEL-6 a model that fell silent is stopped, also after garbage was collected', async () => {
  const stopping = new AbortController()
  const answer = callModel(
    specOfFake(model),
    { messages: [{ role: 'user', content: 'Say something.' }] },
    { signal: stopping.signal, deadlines: DEADLINES, now: Date.now },
  )
  const ended = answer.then(
    () => 'answered',
    (error: unknown) => error,
  )
  while (model.journal.length === 0) await sleep(10)
  for (let round = 0; round < 10; round++) {
    await sleep(20)
    collectGarbage()
  }
  stopping.abort(new TurnStop('cancelled', 'Ada stopped it.'))
  expect(await ended).toMatchObject({ message: 'Ada stopped it.' })
})
