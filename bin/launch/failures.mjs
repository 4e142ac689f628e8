const LINES = 12

/** The failed tests of a vitest report (its JSON), each with its name and what it said. */
export function failuresOfVitest(report) {
  return (report?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0 && message) return [{ name, words: message }]
    return failed.map(({ fullName, failureMessages }) => ({ name: `${name} › ${fullName}`, words: failureMessages.join('\n') }))
  })
}

/** The failed tests of a Playwright report (its JSON); one that passed at a later try failed too. */
export function failuresOfPlaywright(report) {
  const broken = (report?.errors ?? []).map(({ message }) => ({ name: 'the run itself', words: message ?? '' }))
  return [...broken, ...(report?.suites ?? []).flatMap((suite) => failuresIn(suite, []))]
}

function failuresIn({ title, specs = [], suites = [] }, above) {
  const path = [...above, title]
  const failed = specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
    .map(({ title: test, tests }) => ({
      name: [...path, test].join(' › '),
      words: tests.flatMap(({ results }) => results.map(({ error }) => error?.message ?? '')).find((words) => words !== '') ?? '',
    }))
  return [...failed, ...suites.flatMap((suite) => failuresIn(suite, path))]
}

/** What is said of failures at the end, where those who see only the end of an output look: name, and the first lines of the error. */
export function inShort(failures) {
  return failures.map(({ name, words }) => `✗ ${plain(name)}\n${firstLines(plain(words))}`).join('\n\n')
}

function firstLines(words) {
  // Of a stack, the frames of our own files say where; those of the test runner say nothing.
  const lines = words.split('\n').filter((line) => line.trim() !== '' && !/^\s*at .*node_modules/.test(line))
  const shown = lines.length > LINES ? [...lines.slice(0, LINES), '…'] : lines
  return shown.map((line) => `    ${line}`).join('\n')
}

/** Without the colours of a terminal. */
const plain = (text) => text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').trim()
