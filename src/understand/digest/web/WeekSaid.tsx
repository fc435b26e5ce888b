import './digest.css'
import { PeopleLink } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { countText, moneyText } from '#web/kit/formats.ts'
import type { Digest, Said } from '../contract.ts'

/** A week in sentences; each opens its people as they were on its last day. */
export function WeekSaid({ of }: { of: Digest }) {
  const t = useT()
  const locale = useLocale()
  const text = ({ key }: Said, value: number) =>
    key === 'revenue' ? moneyText(locale, of.currency, value, Math.abs(value) >= 10_000_00) : countText(locale, value)
  return (
    <ul className="week-said">
      {of.said.map((one) => (
        <li key={one.key}>
          <PeopleLink of={one.people} asOf={of.to}>
            {t(`digest.said.${one.key}`, { count: one.value, value: text(one, one.value) })}
          </PeopleLink>
          {one.before !== null && (
            <span className="soft"> {t('digest.before', { before: text(one, one.before) })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
