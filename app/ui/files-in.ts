/** PICTURE-6: the files that were pasted or dropped; none where there are words too: a table of a spreadsheet comes as both, and its words are meant. */
export const filesIn = (transfer: Pick<DataTransfer, 'files' | 'types'> | null): File[] =>
  transfer && !transfer.types.includes('text/plain') ? [...transfer.files] : []

/** PICTURE-6: a text with some more lines at a place of it, which stand on lines of their own. */
export function withLines(text: string, at: number, lines: string): string {
  const [before, after] = [text.slice(0, at), text.slice(at)]
  return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${lines}\n${after.replace(/^\n/, '')}`
}
