declare module 'conventional-changelog-conventionalcommits' {
  /** The preset's parts; only the parser's settings are used here. */
  export default function preset(): Promise<{ parser: Record<string, unknown> }>
}
