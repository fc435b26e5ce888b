import { Link } from '@tanstack/react-router'
import { minorDigits } from '#platform/money.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { moneyText, shareText } from '#web/kit/formats.ts'
import { Metric, Metrics } from '#web/kit/Metric.tsx'
import { Count } from '#web/kit/values.tsx'
import { useSession } from '#web/session.ts'
import type { ImportSummary } from '../contract.ts'

const numbers = [
  ['lines', undefined],
  ['orders', '/orders'],
  ['cancellations', '/orders?kind=cancellation'],
  ['adjustments', '/orders?kind=adjustment'],
  ['customers', '/customers'],
  ['products', '/products'],
  ['steps', undefined],
  ['reviews', undefined],
  ['countries', undefined],
] as const

/** What the file said, in numbers that lead on to the records. */
export function Summary({ summary }: { summary: ImportSummary }) {
  const t = useT()
  const locale = useLocale()
  const { currency } = useSession().merchant
  const { revenue, lines, anonymousLines } = summary
  return (
    <section className="panel">
      <h2>{t('exchange.page.summary')}</h2>
      <p className="soft">{t('exchange.page.summary_means')}</p>
      <Metrics label={t('exchange.page.summary')}>
        {numbers
          .map(([key, place]) => ({ key, place, count: summary[key] ?? 0 }))
          .filter(({ key, count }) => count > 0 || key === 'lines' || key === 'orders' || key === 'customers')
          .map(({ key, place, count }) => {
            const [to, query] = place?.split('?') ?? []
            return (
              <Metric
                key={key}
                label={t(`exchange.page.sum.${key}`)}
                definition={t(`exchange.page.sum.${key}_means`)}
                value={<Count value={count} />}
                to={to}
                search={query ? Object.fromEntries(new URLSearchParams(query)) : undefined}
                note={
                  key === 'lines' && anonymousLines > 0
                    ? t('exchange.page.sum.anonymous', { share: shareText(locale, anonymousLines / lines) })
                    : undefined
                }
              />
            )
          })}
        <Metric
          label={t('exchange.page.sum.revenue')}
          definition={t('exchange.page.sum.revenue_means')}
          value={moneyText(locale, currency, Math.round(revenue * 10 ** minorDigits(currency)))}
        />
      </Metrics>
      <p className="onward">
        <Link to="/customers">{t('exchange.page.to_customers')}</Link>
        <Link to="/">{t('exchange.page.to_overview')}</Link>
      </p>
    </section>
  )
}
