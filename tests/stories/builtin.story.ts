import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { testRepository } from '../fakes/git-repository.ts'
import { story } from '../harness/story.ts'
import { enter, mainJob } from './main-job.ts'

story('MAIN the main job from an empty Slipway to a merged commit, with no key and no model', async ({ slipway, person }) => {
  const repo = testRepository()
  repo.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 0\n')
  chmodSync(join(repo.path, '.git/hooks/pre-commit'), 0o755)
  try {
    const [ada, bob] = [await person('Ada', { startsOffline: true }), await person('Bob', { startsOffline: true })]
    await enter(ada, slipway)
    const answers = [
      '1',
      'The person at the counter, with one hand free.',
      '1',
      'A list of open sums. A page for one sum.',
      '1',
      '1',
      '?',
      'The sum is shown. The receipt is printed.',
    ]
    const saysNothing = [/^DataNothing, it keeps no data/]
    const criterion = { text: 'The sum is shown.', from: 'The sum is shown. The receipt is printed.' }
    await mainJob({ slipway, ada, bob, repo }, { model: undefined, answers, saysNothing, criterion })
  } finally {
    repo.gone()
  }
})
