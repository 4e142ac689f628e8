import { Navigate } from '@remix-run/react'

/** Settings open with the models: what most people come for. */
export default function SettingsIndex() {
  return <Navigate to="/settings/models" replace />
}
