import { Select } from 'antd'
import { languages } from '../i18n.ts'
import type { Locale } from '../session.ts'

/** Chooses one of our languages, each by its own name. */
export function LanguageField(props: { id?: string; value?: Locale; onChange?: (locale: Locale) => void }) {
  return <Select {...props} options={languages.map(({ locale, name }) => ({ value: locale, label: name }))} />
}
