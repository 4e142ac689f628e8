import { type FunctionComponent, lazy, Suspense } from 'react'

/**
 * A piece of a page that is fetched when it is first drawn, and is not there until then: what few visits to the page come to
 * need, such as a dialog. The service worker has kept it, so it comes without a connection too. Not for what a key opens:
 * what is typed until it is there goes nowhere.
 */
export function later<Props extends object>(load: () => Promise<FunctionComponent<Props>>): FunctionComponent<Props> {
  const Fetched = lazy(async () => {
    const Loaded = await load()
    return { default: ({ given }: { given: Props }) => <Loaded {...given} /> }
  })
  return (props) => (
    <Suspense fallback={null}>
      <Fetched given={props} />
    </Suspense>
  )
}
