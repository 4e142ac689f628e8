/** Progress goes to stderr: stdout carries answers only (a URL, a token, a count). */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** A start that cannot happen: one sentence that names the cause and the cure. */
export class Refusal extends Error {}

/** Runs a program's main part; a refusal becomes its sentence on stderr and exit code 1. */
export async function runMain(main) {
  try {
    await main()
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    say(thrown.message)
    process.exitCode = 1
  }
}

/** `4.2 s`, or `2 min 5 s`. */
export function inWords(ms) {
  const seconds = ms / 1000
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
