import type { diceOf } from '#know/duplicates/likeness/dice.ts'

export type Dice = ReturnType<typeof diceOf>

export function pick<T>(dice: Dice, list: readonly T[]): T {
  return list[Math.floor(dice() * list.length)]!
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** One slip of a hand: a letter or digit more, less, another, or two exchanged; sometimes a space. */
export function misspelt(dice: Dice, text: string): string {
  if (text.length < 2) return text
  const at = Math.floor(dice() * (text.length - 1))
  const one = /\d/.test(text[at]!) ? String(Math.floor(dice() * 10)) : pick(dice, [...letters])
  switch (Math.floor(dice() * 5)) {
    case 0:
      return text.slice(0, at) + one + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(at + 1)
    case 2:
      return text.slice(0, at) + one + text.slice(at + 1)
    case 3:
      return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2)
    default:
      return text.includes(' ') ? text.replace(' ', '') : `${text.slice(0, at + 1)} ${text.slice(at + 1)}`
  }
}

/** Of a number one digit wrong, or two neighbours exchanged. */
export function miskeyed(dice: Dice, digits: string): string {
  const at = Math.floor(dice() * (digits.length - 1))
  if (dice() < 0.4) return digits.slice(0, at) + digits[at + 1]! + digits[at]! + digits.slice(at + 2)
  const other = (Number(digits[at]) + 1 + Math.floor(dice() * 9)) % 10
  return digits.slice(0, at) + other + digits.slice(at + 1)
}
