import type { FormInstance } from 'antd'
import { useEffect } from 'react'
import { useT } from '../i18n.ts'
import { problemOf } from '../problem-error.ts'

/**
 * Puts the places that a refused request names onto the form's fields: `/phones/0/value` is the field
 * `['phones', 0, 'value']`. What has no field stays in the `ErrorNote`.
 * @param codes message keys for codes of a place, where the module knows better words
 * @example
 * const [form] = Form.useForm<NewCustomer>()
 * useProblemPlaces(form, add.error)
 */
export function useProblemPlaces<T>(form: FormInstance<T>, error: unknown, codes: Record<string, string> = {}): void {
  const t = useT()
  useEffect(() => {
    if (!error) return
    const { places } = problemOf(error)
    const fields = places
      .filter((place) => place.pointer)
      .map((place) => ({
        name: fieldOf(place.pointer),
        errors: [codes[place.code] ? t(codes[place.code]!) : t(wordsFor(place.code))],
      }))
    form.setFields(fields as Parameters<typeof form.setFields>[0])
    const first = fields[0]
    if (first) form.scrollToField(first.name as never, { focus: true })
  }, [form, error, codes, t])
}

/** The form's name of a JSON Pointer's place. */
export function fieldOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

function wordsFor(code: string): string {
  if (code === 'too_small') return 'web.field_too_small'
  if (code === 'too_big') return 'web.field_too_big'
  return 'web.field_invalid'
}
