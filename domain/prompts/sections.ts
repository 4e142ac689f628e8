/** A heading of a markdown text with the list points under it. */
export type Section = { heading: string; points: string[] }

const CHECK_HEADINGS = /^(done when|acceptance|acceptance criteria|criteria)\b/i

/** Whether what stands under a heading is to be checked when the work is done. */
export const isCheckHeading = (heading: string): boolean => CHECK_HEADINGS.test(heading)

/** A markdown text's headings with the list points under each. */
export function sectionsOf(text: string): Section[] {
  const sections: Section[] = [{ heading: '', points: [] }]
  for (const line of text.split('\n')) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1]
    const point = /^\s*[-*]\s+(?:\[.\]\s*)?(.+)$/.exec(line)?.[1]
    if (heading !== undefined) sections.push({ heading: heading.trim(), points: [] })
    else if (point !== undefined) sections.at(-1)?.points.push(point.trim())
  }
  return sections
}
