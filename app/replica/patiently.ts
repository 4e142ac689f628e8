const AGAIN_MS = 100

/** Does something that the browser refuses with this error for a moment, again and again, for so many ms; any other failure counts at once. */
export async function patiently<T>(refusal: string, ms: number, act: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== refusal || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}
