import { Links, Meta, Outlet, Scripts, ScrollRestoration } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ReplicaProvider } from '#app/replica/react.tsx'
import { AppFrame } from './shell/app-frame.tsx'
import { PageFailed } from './shell/page-failed.tsx'
import './ui/theme.css'

/** The document around every page. Fonts, colours and type live in `ui/theme.css`. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {/* Before the first paint, so that the chosen theme never flashes. */}
        <script src="/look.js" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  )
}

export default function App() {
  return (
    <ReplicaProvider>
      <AppFrame>
        <Outlet />
      </AppFrame>
    </ReplicaProvider>
  )
}

/** What is on the screen until the scripts have started; it stands in index.html itself. */
export function HydrateFallback() {
  return (
    <p role="status" className="flex h-dvh items-center justify-center text-sm text-muted">
      Opening Slipway…
    </p>
  )
}

/** What failed outside of every page. Where a page fails, what is around it stays (`PageFailed` in the routes). */
export function ErrorBoundary() {
  return (
    <main className="h-dvh">
      <PageFailed />
    </main>
  )
}
