/**
 * `fetch` whose answer can be stopped at any time (MODEL-6). Node's own holds the signal only weakly once the answer has begun: after the
 * next garbage collection neither a deadline nor a person's stop reaches a model that has fallen silent, and the turn waits for
 * ever. A pipe holds it for as long as something may come.
 */
export async function abortableFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  const { signal } = init ?? {}
  if (!response.body || !signal) return response
  return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response)
}
