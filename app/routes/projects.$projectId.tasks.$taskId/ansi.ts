const ESCAPES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[PX^_][^\u001b]*\u001b\\|[ -/]*[0-~])|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f\u009b]/g

/** LOG-1: a line as people read it: colours, cursor moves, titles and bells are gone, and of what a program overwrote only the last is left. */
export function plainLine(text: string): string {
  const seen = text.replace(/\r+$/, '')
  return seen
    .slice(seen.lastIndexOf('\r') + 1)
    .replace(ESCAPES, '')
    .replaceAll('\t', '    ')
}
