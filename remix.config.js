import { writeServiceWorker } from './app/offline/write-service-worker.js'

/**
 * The Remix configuration; `vite.config.ts` spreads it into the Remix plugin. Everything runs in the browser: pages are
 * `clientLoader`s and live queries, and the server only hands out files.
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
  appDirectory: 'app',
  buildDirectory: 'build',
  ssr: false,
  ignoredRouteFiles: ['**/*.test.{ts,tsx}'],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: true,
  },
  buildEnd: ({ viteConfig }) => writeServiceWorker(viteConfig.root),
}
