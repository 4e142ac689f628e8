import { afterAll, describe, expect, it } from 'vitest'
import { testRepository } from '#tests/fakes/git-repository.ts'
import { answeredByRepo, readRepoFacts, withFiles } from './repo-facts.ts'

const repo = testRepository({
  'README.md': '# Shop\n\nA shop.\n',
  'package.json': '{ "scripts": { "test": "vitest run" }, "dependencies": { "react": "19" } }',
  'src/till/sum.ts': 'export const sum = 0\n',
})
afterAll(() => repo.gone())

describe('what a repository says for itself (AGENT-11, I7)', () => {
  it('its files, what it is built with and how its tests are run, as its last commit has them', async () => {
    repo.write('package.json', '{}')
    const facts = await readRepoFacts(repo.machine, repo.path)
    expect(facts).toMatchObject({ stack: 'package.json', tests: 'package.json' })
    expect([...(facts?.files ?? [])].sort()).toEqual(['README.md', 'package.json', 'src/till/sum.ts'])
    expect(facts?.told).toContain('Folders: src/till/')
    expect(facts?.told).toContain('"react": "19"')
    expect(facts?.told).toContain('A shop.')
  })

  it('nothing where there is no repository', async () => {
    expect(await readRepoFacts(repo.machine, '/nowhere')).toBeNull()
  })

  it('who asks for stack, tests or folders is told where they stand; other questions pass', () => {
    const facts = { stack: 'package.json', tests: 'package.json', files: new Set(['a.ts']) }
    for (const question of [
      'Which tech stack do you use?',
      'What framework is it built with?',
      'Which programming language is it written in?',
    ])
      expect(answeredByRepo(question, facts), question).toContain('package.json says what it is built with')
    for (const question of ['How do you run the tests?', 'What is the test command?'])
      expect(answeredByRepo(question, facts), question).toContain('package.json says how tests are run')
    expect(answeredByRepo('What is the folder structure?', facts)).toContain('The list of files')
    for (const question of [
      'Who pays at the till?',
      'Which language are receipts written in?',
      'Where are the files people send us kept?',
      'Which technologies must visitors have?',
      'What must hold when a sum is shown?',
      'How will you check that it is done?',
    ])
      expect(answeredByRepo(question, facts), question).toBeUndefined()
    expect(answeredByRepo('Which stack?', { stack: null, tests: null, files: new Set() })).toBeUndefined()
  })

  it('a question names the files it rests on, once each', () => {
    expect(withFiles('Is the sum in src/till/sum.ts in euros?', ['src/till/sum.ts'])).toBe('Is the sum in src/till/sum.ts in euros?')
    expect(withFiles('Is the sum in euros?', ['src/till/sum.ts'])).toBe('Is the sum in euros? (`src/till/sum.ts`)')
  })
})
