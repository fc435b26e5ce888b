import { Refusal } from '#platform/refusal.ts'

/** What stands for words that are there but not shown. */
export const hidden = '***'

/**
 * A phone with its middle hidden: 138****0000, +44****3456. Who knows the number recognises it; its last four digits are what
 * people are asked for at a counter.
 */
export function maskPhone(phone: string): string {
  const home = phone.startsWith('+86') && phone.length === 14 ? phone.slice(3) : phone
  return home.length < 9 ? `****${home.slice(-2)}` : `${home.slice(0, 3)}****${home.slice(-4)}`
}

/** An e-mail address with all but its first letter and its domain hidden: z***@mail.example. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? hidden : `${Array.from(email)[0]}${hidden}${email.slice(at)}`
}

/** A name of which only the beginning is told: 王**, A**. For the audit log; screens show names. */
export function maskName(name: string): string {
  return `${Array.from(name)[0] ?? ''}**`
}

/** Shops give people their phone or e-mail as their number; there it is masked like any other. */
export function maskNumber(number: string, sees: { phone: boolean; email: boolean }): string {
  if (!sees.email && number.includes('@')) return maskEmail(number)
  return !sees.phone && /^\+?\d[\d -]{9,}$/.test(number) ? maskPhone(number) : number
}

/**
 * Refuses what a program or a page sends back as it was shown: a mask is no value.
 * @throws Refusal `customers.masked_value`
 */
export function refuseMasked({
  values,
  phones = [],
  emails = [],
}: {
  values: Record<string, unknown>
  phones?: readonly string[]
  emails?: readonly string[]
}): void {
  const texts = [...Object.values(values), ...phones, ...emails]
  if (texts.some((text) => typeof text === 'string' && (text === hidden || /^.{0,4}\*{3,}.*[\d@]/u.test(text)))) {
    throw new Refusal('invalid', 'customers.masked_value')
  }
}
