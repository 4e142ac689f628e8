/** Starts the service worker that makes the app start with the server off. Where the browser has none, nothing changes. */
export function keepAppOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/service-worker.js').catch(() => {
    // A browser that refuses (private window, no disk) runs the app all the same; it just needs the server to start.
  })
}
