/**
 * PROJECT-1: the letters in front of a card's number: up to four initials or letters of the name, unlike every key taken.
 * A name without Latin letters gets APP.
 */
export function projectKey(name: string, taken: readonly string[]): string {
  const words = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9 ]+/g, '')
    .split(' ')
    .filter((word) => /^[A-Z]/.test(word))
  const stem =
    words.length > 1
      ? words
          .map((word) => word[0])
          .join('')
          .slice(0, 4)
      : (words[0] ?? 'APP').slice(0, 4)
  for (let number = 1; ; number++) {
    const key = number === 1 ? stem : `${stem}${number}`
    if (!taken.includes(key)) return key
  }
}
