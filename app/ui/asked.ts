/** From the @ that begins a word to the caret. */
const ASKED = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}_.-]*)$/u

/** What is asked for where a line ends so: the place of the @ that begins its last word, and what stands after it. Null where nothing is. */
export function askedBefore(line: string): { from: number; typed: string } | null {
  const found = ASKED.exec(line)
  return found && { from: found.index, typed: found[1] ?? '' }
}
