import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import type { ShownModel } from '../contract.ts'

/** On what was learnt when, or that it was not yet. */
export function ModelWords({ of }: { of: ShownModel }) {
  const t = useT()
  const locale = useLocale()
  return <p>{of ? t('recommend.model', { ...of, asOf: dayText(locale, of.asOf) }) : t('recommend.no_model')}</p>
}
