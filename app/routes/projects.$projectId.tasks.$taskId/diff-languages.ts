import type { Parser } from '@lezer/common'

type Grammar = () => Promise<Parser>

const script =
  (dialect: string): Grammar =>
  async () =>
    (await import('@lezer/javascript')).parser.configure({ dialect })
const css: Grammar = async () => (await import('@lezer/css')).parser
const sass =
  (dialect: string): Grammar =>
  async () =>
    (await import('@lezer/sass')).parser.configure({ dialect })
const html: Grammar = async () => (await import('@lezer/html')).parser
const json: Grammar = async () => (await import('@lezer/json')).parser
const cpp: Grammar = async () => (await import('@lezer/cpp')).parser
const yaml: Grammar = async () => (await import('@lezer/yaml')).parser
const python: Grammar = async () => (await import('@lezer/python')).parser
const markdown: Grammar = async () => {
  const { parser, GFM } = await import('@lezer/markdown')
  return parser.configure(GFM)
}
// A piece of a file seldom has the `<?php` that it would be text without.
const php: Grammar = async () => (await import('@lezer/php')).parser.configure({ top: 'Program' })

/** Grammars by the endings of files' names. Each is a file of its own, fetched when it is needed. */
const BY_ENDING: Readonly<Record<string, Grammar>> = {
  js: script('jsx'),
  cjs: script('jsx'),
  mjs: script('jsx'),
  jsx: script('jsx'),
  ts: script('ts'),
  cts: script('ts'),
  mts: script('ts'),
  tsx: script('ts jsx'),
  css,
  scss: sass(''),
  sass: sass('indented'),
  html,
  htm: html,
  svg: html,
  xml: html,
  vue: html,
  svelte: html,
  json,
  jsonc: json,
  webmanifest: json,
  md: markdown,
  mdx: markdown,
  markdown,
  yml: yaml,
  yaml,
  py: python,
  pyi: python,
  rs: async () => (await import('@lezer/rust')).parser,
  go: async () => (await import('@lezer/go')).parser,
  java: async () => (await import('@lezer/java')).parser,
  c: cpp,
  h: cpp,
  cc: cpp,
  cpp,
  cxx: cpp,
  hh: cpp,
  hpp: cpp,
  php,
}

/** DIFF-6: the grammar of a file, by its name; null where there is none, or none can be had now. */
export async function parserFor(path: string): Promise<Parser | null> {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  if (!Object.hasOwn(BY_ENDING, ending)) return null
  try {
    return (await BY_ENDING[ending]?.()) ?? null
  } catch {
    return null
  }
}
