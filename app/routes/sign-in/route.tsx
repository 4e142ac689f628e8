import { Navigate } from '@remix-run/react'
import { useSession } from '#app/replica/react.tsx'
import { SignInForm } from './sign-in-form.tsx'

export const meta = () => [{ title: 'Sign in · Slipway' }]

/** An address for signing in; whoever is signed in already goes to their projects. */
export default function SignIn() {
  const { status } = useSession()
  return status === 'signed-in' ? <Navigate to="/" replace /> : <SignInForm />
}
