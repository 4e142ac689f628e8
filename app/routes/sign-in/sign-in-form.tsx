import { type FormEvent, useEffect, useRef, useState } from 'react'
import { refreshSession, useSession } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Spinner } from '#app/ui/spinner.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { CardPage } from './card-page.tsx'
import { takeToken, tokenFromPaste } from './token-in-url.ts'
import { useSignIn } from './use-sign-in.ts'

/** Where somebody stands who is not signed in. An address with a token in it signs in by itself. */
export function SignInForm() {
  const { signIn, isPending, refusal } = useSignIn()
  const { isUnreached } = useSession()
  const [pasted, setPasted] = useState('')
  const [byAddress] = useState(() => takeToken(location.href))
  const started = useRef(false)

  useEffect(() => {
    if (!byAddress || started.current) return
    started.current = true
    void signIn(byAddress.token, byAddress.rest)
  }, [byAddress, signIn])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const token = tokenFromPaste(pasted)
    if (token) void signIn(token, byAddress?.rest ?? (location.pathname === '/sign-in' ? '/' : `${location.pathname}${location.search}`))
  }

  if (byAddress && !refusal) {
    return (
      <CardPage title="Signing in">
        <p role="status" className="flex items-center gap-2 text-sm text-muted">
          <Spinner /> One moment…
        </p>
      </CardPage>
    )
  }
  return (
    <CardPage title="Sign in">
      <form onSubmit={submit} className="flex flex-col gap-2">
        {isUnreached && (
          <Banner
            kind="offline"
            className="mb-1"
            actions={
              <Button size="small" onPress={() => void refreshSession()}>
                Try again
              </Button>
            }
          >
            The server does not answer. It is tried again by itself; if you are signed in here, you need not sign in anew.
          </Banner>
        )}
        <p className="mb-2 text-sm text-muted">
          Open the address that <code className="rounded-sm bg-hover px-1 font-mono text-xs">npm start</code> printed, or paste it here. An
          invitation link works by itself.
        </p>
        <TextField
          label="Sign-in address or token"
          value={pasted}
          onChange={setPasted}
          autoFocus
          autoComplete="off"
          spellCheck="false"
          error={null}
          noMessage
        />
        {refusal && <Banner kind="error">{refusal.message}</Banner>}
        <Button type="submit" look="primary" isPending={isPending} isDisabled={tokenFromPaste(pasted) === ''} className="mt-2">
          Sign in
        </Button>
      </form>
    </CardPage>
  )
}
