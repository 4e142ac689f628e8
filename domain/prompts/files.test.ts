import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideImport, readPromptFile, writePromptFiles } from './files.ts'

const prompt = (id: string, fields: object = {}) => ({
  id,
  familyId: id,
  parentId: null,
  title: 'Build the till',
  type: 'feature',
  version: 1,
  isReusable: false,
  components: [] as string[],
  variables: {} as Record<string, string>,
  content: 'Build it.',
  createdAt: 1,
  ...fields,
})
const id = '0193a000-0000-7000-8000-000000000001'
const read = (text: string, name = 'x.md') => {
  const file = readPromptFile(name, text)
  if (!file.ok) throw new Error(file.message)
  return file.value
}

describe('prompts as files (PROMPT-9, R14)', () => {
  it('one markdown file for each prompt, with front matter that is YAML', () => {
    const old = prompt('p0')
    const files = writePromptFiles([
      old,
      prompt(id, { familyId: 'p0', parentId: 'p0', version: 2, title: 'Büro: “Kasse”', variables: { b: '2', a: '1' } }),
    ])
    expect(files).toEqual([
      {
        name: 'buro-kasse-00000001.md',
        text: `---\nid: "${id}"\ntitle: "Büro: “Kasse”"\ntype: "feature"\nversion: 2\nisReusable: false\ncomponents: []\nvariables: {"a":"1","b":"2"}\n---\n\nBuild it.\n`,
      },
    ])
  })

  it('importing what was exported, untouched, changes nothing: whatever the prompts are, with any line ends, and after later saves', () => {
    const words = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('a\u2028b', '\u0085', "'x'", '"x', 'null', '1'))
    const some = fc.record({
      title: words.map((text) => text.trim() || 'x'),
      type: fc.constantFrom('feature', 'context', 'fix: it', ''),
      isReusable: fc.boolean(),
      components: fc.array(fc.uuid(), { maxLength: 3 }),
      variables: fc.dictionary(fc.constantFrom('a', 'b.c', 'constructor', 'd'), words),
      content: fc
        .oneof(words, fc.constantFrom('---\na: b\n---\n', '# A\n\n---\n\nb', ' x\n'))
        .map((text) => (text.trim() || 'y').replaceAll('\r', '')),
    })
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 4 }), fc.boolean(), (made, isWindows) => {
        const all = made.map((fields, at) => prompt(`${id.slice(0, -1)}${at}`, fields))
        const later = [...all, prompt('later', { familyId: all[0]?.familyId, parentId: all[0]?.id, version: 2, content: 'Other.' })]
        for (const { name, text } of writePromptFiles(all)) {
          const file = read(isWindows ? text.replaceAll('\n', '\r\n') : text, name)
          expect(decideImport(file, later)).toMatchObject({ kind: 'same' })
        }
      }),
      { numRuns: 200 },
    )
  })

  it('a changed file is the next version of the one it was written from, with what changed and nothing else', () => {
    const all = [prompt(id, { variables: { tool: 'care' } })]
    const [file] = writePromptFiles(all)
    const changed = read((file?.text ?? '').replace('Build it.', 'Build it well.').replace('title: "Build the till"', "title: 'The till'"))
    expect(decideImport(changed, all)).toEqual({
      kind: 'version',
      parentId: id,
      title: 'Build the till',
      patch: { title: 'The till', content: 'Build it well.' },
    })
  })

  it('a file written by hand, or of another place, is a new prompt', () => {
    expect(decideImport(read('Just words.\n', 'House rules.md'), [])).toMatchObject({
      kind: 'new',
      file: { title: 'House rules', type: 'feature', content: 'Just words.' },
    })
    expect(decideImport(read(`---\nid: "${id}"\ntitle: Till\n---\nWords`), [])).toMatchObject({ kind: 'new', title: 'Till' })
  })

  it('one that cannot be a prompt is refused with what is wrong', () => {
    expect(readPromptFile('a.md', '---\ntitle: "x"\n---\n\n')).toMatchObject({ ok: false, message: 'A prompt needs words.' })
    expect(readPromptFile('a.md', `---\ntitle: "${'x'.repeat(256)}"\n---\nb`)).toMatchObject({
      message: 'title: A title can have at most 255 characters.',
    })
    expect(readPromptFile('a.md', '---\ncomponents: "x"\n---\nb')).toMatchObject({
      message: expect.stringMatching(/^components: /),
    })
    expect(readPromptFile('a.md', '\u0089PNG\0\0')).toMatchObject({ message: 'It is no text. Choose a file written in Markdown.' })
  })
})
