import { type RefObject, useEffect, useRef } from 'react'

/**
 * Where the keyboard goes after a form was sent and refused: to the first field that is wrong. `asked` is called when it
 * is sent; while `isPending` what an earlier answer said may still stand there.
 */
export function useFirstWrong(isPending: boolean): { form: RefObject<HTMLFormElement>; asked: () => void } {
  const form = useRef<HTMLFormElement>(null)
  const isAsked = useRef(false)
  // Each time it is drawn: the answer comes with one of them, and nobody but the fields says which.
  useEffect(() => {
    if (!isAsked.current || isPending) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    if (!wrong) return
    isAsked.current = false
    wrong.focus()
  })
  return {
    form,
    asked: () => {
      isAsked.current = true
    },
  }
}
