/** Words that say nothing about what is asked. */
const EMPTY = new Set(
  'a an the have has had of to in on for by with and or is are be been being do does did will would can could should must may it its this that these those there you your we our they their i what which who whom how when where why any some please also so if as at from'.split(
    ' ',
  ),
)

/**
 * INTERVIEW-10: the earlier question that this one asks again, if any: the same but for its letters and marks, or almost all of the same
 * words in another form or order.
 */
export function asksAgain(question: string, asked: readonly string[]): string | undefined {
  const words = wordsOf(question)
  return asked.find((earlier) => plain(earlier) === plain(question) || overlap(words, wordsOf(earlier)) >= 0.75)
}

/** The questions of a conversation, in order, that ask again what was asked before them. */
export function repeatedQuestions(questions: readonly string[]): { question: string; earlier: string }[] {
  return questions.flatMap((question, at) => {
    const earlier = asksAgain(question, questions.slice(0, at))
    return earlier === undefined ? [] : [{ question, earlier }]
  })
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*`[^)]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    plain(text)
      .split(' ')
      .filter((word) => word !== '' && !EMPTY.has(word))
      .map((word) => word.replace(/(?<=..)s$/, '').replace(/(?<=..)(?:ing|ed|e)$/, '')),
  )

/** The share of words both have, of all that either has; of a question without words that say anything, none. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length
  const either = a.size + b.size - both
  // Two words in common are not yet the same question.
  return either === 0 || both < 2 ? 0 : both / either
}
