import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ReplicaProvider } from '#app/replica/react.tsx'
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
      <Outlet />
    </ReplicaProvider>
  )
}

/** What is on the screen until the scripts have started; it stands in index.html itself. */
export function HydrateFallback() {
  return <p role="status">Opening Slipway…</p>
}

/** A page that failed says so in one sentence and keeps the way back. */
export function ErrorBoundary() {
  const error = useRouteError()
  const isMissing = isRouteErrorResponse(error) && error.status === 404
  return (
    <main>
      <h1>{isMissing ? 'There is nothing at this address.' : 'This page stopped working.'}</h1>
      <p>
        {isMissing
          ? 'The link may be old.'
          : `Your work is kept on this device. The cause: ${error instanceof Error ? error.message : 'unknown'}.`}
      </p>
      <a href="/">Go to your projects</a>
    </main>
  )
}
