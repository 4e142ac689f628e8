import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** A page of the app as the build lists it: `path` continues its parent's. */
type Route = { path?: string; parentId?: string; module: string; imports?: string[] }
type Page = { steps: string[]; files: string[] }

/** What the page has loaded before its first script runs. */
const TOLD = /<link rel="(modulepreload|stylesheet)" href="([^"]+)"|<script src="([^"]+)"/g
const MANIFEST = /\/assets\/manifest-[\w-]+\.js/

/**
 * The scripts of each page, so that a browser is told of them with the page itself: by the page alone it would find them out
 * in two steps, each after what came before it has been run.
 */
export class PageParts {
  readonly #folder: string
  #pages: { of: string; all: Promise<Page[]> } | null = null

  /** `folder`: where the build has put the app. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * The `Link` header for the page at a path; null where `html` names all that it needs itself. What it names stands first, for
   * a browser loads six files at a time, in this order. What the build wrote is read once for each build.
   */
  async link(html: string, pathname: string): Promise<string | null> {
    const [manifest] = MANIFEST.exec(html) ?? []
    if (!manifest) return null
    if (this.#pages?.of !== manifest) this.#pages = { of: manifest, all: this.#read(manifest) }
    const steps = stepsOf(pathname)
    const fitting = (await this.#pages.all).filter((page) => fits(page.steps, steps))
    const [page] = fitting.sort((a, b) => plainness(b.steps) - plainness(a.steps) || b.files.length - a.files.length)
    const untold = [...new Set(page?.files ?? [])].filter((file) => !html.includes(file)).map((file) => `<${file}>; rel=modulepreload`)
    return untold.length > 0 ? [...new Set(toldIn(html)), ...untold].join(', ') : null
  }

  /** No list is no harm: the page finds its scripts by itself. */
  async #read(manifest: string): Promise<Page[]> {
    try {
      const text = await readFile(path.join(this.#folder, manifest), 'utf8')
      const { routes } = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as { routes: Record<string, Route> }
      return Object.values(routes).map((route) => pageOf(route, routes))
    } catch {
      return []
    }
  }
}

const toldIn = (html: string): string[] =>
  [...html.matchAll(TOLD)].map(([, rel, linked, script]) =>
    script ? `<${script}>; rel=preload; as=script` : `<${linked}>; rel=${rel === 'stylesheet' ? 'preload; as=style' : rel}`,
  )

function pageOf(route: Route, routes: Readonly<Record<string, Route>>): Page {
  const page: Page = { steps: [], files: [] }
  for (let part: Route | undefined = route; part; part = routes[part.parentId ?? '']) {
    page.steps.unshift(...stepsOf(part.path ?? ''))
    page.files.push(part.module, ...(part.imports ?? []))
  }
  return page
}

const stepsOf = (address: string): string[] => address.split('/').filter((step) => step !== '')

const fits = (page: readonly string[], steps: readonly string[]): boolean =>
  page.at(-1) === '*' || (page.length === steps.length && page.every((step, at) => step.startsWith(':') || step === steps[at]))

/** A page that names a step wins over one that takes any there, as in the browser; the one for what leads nowhere comes last. */
const plainness = (page: readonly string[]): number => (page.at(-1) === '*' ? -1 : page.filter((step) => !step.startsWith(':')).length)
