import { useNavigate } from '@tanstack/react-router'
import { PeopleLink, people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { Chart } from '#web/kit/Chart.tsx'
import { countText, dayText, shareText } from '#web/kit/formats.ts'
import { Count, Share } from '#web/kit/values.tsx'
import type { Check } from '../contract.ts'

/** The chances of a past day beside what came of them; each tenth opens who has such a chance today. */
export function CheckPanel({ check }: { check: Check }) {
  const t = useT()
  const locale = useLocale()
  const navigate = useNavigate()
  const { bins, cutoff, days, purchases } = check
  const band = (from: number) =>
    t('predictions.band', { from: Math.round(from * 100), to: Math.round(from * 100) + 10 })
  const shown = bins.filter((bin) => bin.people > 0 || bin.now > 0)
  // Those who, by the model, had seven to eight chances in ten to be lost.
  const lost = bins.find(({ from, people: count }) => Math.round(from * 10) === 2 && count >= 30)
  return (
    <>
      <p>
        {t('predictions.check_means', { day: dayText(locale, cutoff), people: countText(locale, check.people), days })}{' '}
        {t('predictions.check_off', { off: shareText(locale, check.off) })}
      </p>
      {lost && (
        <p>
          {t('predictions.check_lost', {
            people: countText(locale, lost.people),
            days,
            share: shareText(locale, 1 - lost.actual, 0),
          })}
        </p>
      )}
      <Chart
        label={t('predictions.check_chart', { days })}
        shape="bars"
        at={shown.map(({ from }) => ({ key: String(from), label: band(from) }))}
        series={[
          {
            key: 'expected',
            label: t('predictions.foretold'),
            values: shown.map((bin) => told(bin.people, bin.expected)),
          },
          { key: 'actual', label: t('predictions.came'), values: shown.map((bin) => told(bin.people, bin.actual)) },
        ]}
        format={(share) => shareText(locale, share, 0)}
        onPick={(from) => {
          const bin = bins.find((one) => String(one.from) === from)
          if (bin) void navigate(people(bin.peopleNow) as never)
        }}
      />
      {/* A scrolling region must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className="scrolled" tabIndex={0} aria-label={t('predictions.check')}>
        <table className="ledger check-table">
          <thead>
            <tr>
              <th scope="col">{t('predictions.chance')}</th>
              <th scope="col" className="end">
                {t('predictions.people_then')}
              </th>
              <th scope="col" className="end">
                {t('predictions.foretold')}
              </th>
              <th scope="col" className="end">
                {t('predictions.came')}
              </th>
              <th scope="col" className="end">
                {t('predictions.people_now')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((bin) => (
              <tr key={bin.from}>
                <th scope="row">{band(bin.from)}</th>
                <td className="end">
                  <Count value={bin.people} />
                </td>
                <td className="end">
                  <Share of={told(bin.people, bin.expected)} digits={0} />
                </td>
                <td className="end">
                  <Share of={told(bin.people, bin.actual)} digits={0} />
                </td>
                <td className="end">
                  <PeopleLink of={bin.peopleNow}>
                    <Count value={bin.now} />
                  </PeopleLink>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="soft">
        {t('predictions.check_purchases', {
          expected: countText(locale, Math.round(purchases.expected)),
          actual: countText(locale, purchases.actual),
        })}
      </p>
    </>
  )
}

function told(people: number, share: number): number | null {
  return people === 0 ? null : share
}
