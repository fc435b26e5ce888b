import { InvalidArgumentError } from 'commander'

/** What a key is called: 1 to 60 characters. */
export function keyName(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 60) throw new InvalidArgumentError('Expected 1 to 60 characters.')
  return trimmed
}

/** The number of a row, a count of days: at most nine digits. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('Expected a whole number above 0.')
  return Number(text)
}
