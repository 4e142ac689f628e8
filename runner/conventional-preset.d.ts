declare module 'conventional-changelog-conventionalcommits' {
  // biome-ignore lint/style/noDefaultExport: the package's own shape
  export default function preset(): Promise<{ parser: Record<string, unknown> }>
}
