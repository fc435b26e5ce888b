import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWays } from '#know/arrivals/web/people.ts'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { AsOf } from '#web/kit/AsOf.tsx'
import { EmptyState } from '#web/kit/EmptyState.tsx'
import { dayText } from '#web/kit/formats.ts'
import { LinkButton } from '#web/kit/LinkButton.tsx'
import { Loaded } from '#web/kit/Loaded.tsx'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { Absent, Count, Money } from '#web/kit/values.tsx'
import { Why } from '#web/kit/Why.tsx'
import type { Payback } from '../contract.ts'
import { MarginForm } from './MarginForm.tsx'
import { value } from './value-api.ts'
import './value.css'

const shownMonths = [1, 3, 6, 12] as const

/** What it cost to win a buyer by each source, what such a buyer has brought since, and when that is paid back. */
export default function PaybackPage() {
  const t = useT()
  const locale = useLocale()
  const payback = useQuery(value.query.payback.queryOptions({ input: { months: 12 } }))
  return (
    <PageFrame
      title={t('value.payback')}
      subtitle={payback.data && <AsOf day={payback.data.asOf} />}
      back={{ to: '/', label: t('web.nav.overview') }}
    >
      <p className="soft">{t('value.payback_means')}</p>
      <MarginForm />
      <Loaded of={payback} rows={6}>
        {({ asOf, from, percent, items }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('value.payback_empty')}
              example={t('value.payback_example')}
              action={<LinkButton to="/overview/sources">{t('arrivals.costs')}</LinkButton>}
            >
              {t('value.payback_empty_means')}
            </EmptyState>
          ) : (
            <>
              <p className="soft">{t('value.payback_since', { day: dayText(locale, from) })}</p>
              {percent === null && <p role="note">{t('value.margin_missing')}</p>}
              <Table asOf={asOf} items={items} />
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function Table({ asOf, items }: { asOf: string; items: readonly Payback[] }) {
  const t = useT()
  const { nameOf } = useWays()
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="ledger-scroll" tabIndex={0} aria-label={t('value.payback')}>
      <table className="payback">
        <thead>
          <tr>
            <th scope="col">{t('arrivals.way')}</th>
            <th scope="col">{t('value.payback_cost')}</th>
            <th scope="col">{t('value.payback_buyers')}</th>
            <th scope="col">{t('value.payback_each')}</th>
            {shownMonths.map((month) => (
              <th scope="col" key={month}>
                {t('value.payback_after', { month })}
              </th>
            ))}
            <th scope="col">
              {t('value.payback_month')} <Why of={t('value.payback_month')}>{t('value.payback_month.definition')}</Why>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ wayId, cost, buyers, people: where, each, brought, month }) => {
            const link = people(where, asOf)
            return (
              <tr key={wayId}>
                <th scope="row">{nameOf(wayId) ?? `#${wayId}`}</th>
                <td>
                  <Money minor={cost} round />
                </td>
                <td>
                  {buyers > 0 ? (
                    <Link to={link.to as never} search={link.search as never}>
                      <Count value={buyers} />
                    </Link>
                  ) : (
                    <Count value={0} />
                  )}
                </td>
                <td>{each === null ? <Absent /> : <Money minor={each} />}</td>
                {shownMonths.map((after) => (
                  <td key={after}>
                    <Money minor={brought[after - 1] ?? null} round />
                  </td>
                ))}
                <td>
                  {month === null ? (
                    <span className="soft">{t('value.not_paid_back')}</span>
                  ) : (
                    t('value.in_month', { month })
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
