import { later } from './later.tsx'

/** The question before something that many visits to a page never come to. */
export const ConfirmLater = later(() => import('./confirm.tsx').then((confirm) => confirm.Confirm))
