/** What `npm run doctor` says of each thing a start needs, in front of its sentence. */
export const GOOD = 'good'
export const NOTE = 'note'
export const BAD = 'BAD '
