import { useWays } from '#know/arrivals/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { dayText } from '#web/kit/formats.ts'
import { PageFrame } from '#web/kit/PageFrame.tsx'
import { usePhone } from '#web/kit/phone.ts'
import { QuietButton } from '#web/kit/QuietButton.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { Why } from '#web/kit/Why.tsx'
import { useView } from '#web/place.ts'
import { SourceCell } from './SourceCell.tsx'
import { type Sources, useSources } from './sources.ts'
import './sources.css'

/** Sources by month: what each cost, typed here, and what a new customer and a first-time buyer cost by it. A phone shows one month. */
export default function SourcesPage() {
  const t = useT()
  const phone = usePhone()
  const [view, setView] = useView({ to: '' })
  const shown = phone ? 1 : 4
  const { data, error, again } = useSources(view.to || undefined, shown)
  return (
    <PageFrame
      title={t('arrivals.costs')}
      subtitle={t('arrivals.costs_means')}
      back={{ to: '/', label: t('metrics.title') }}
    >
      {data ? (
        <>
          <div className="note-actions">
            <QuietButton icon="back" onClick={() => setView({ to: shifted(data.months.at(-1)!, -shown) })}>
              {t('arrivals.earlier')}
            </QuietButton>
            {view.to && (
              <QuietButton icon="forward" onClick={() => setView({ to: shifted(data.months.at(-1)!, shown) })}>
                {t('arrivals.later')}
              </QuietButton>
            )}
          </div>
          <Table of={data} />
        </>
      ) : error ? (
        <ErrorNote error={error} again={again} />
      ) : (
        <Waiting rows={6} />
      )}
    </PageFrame>
  )
}

function Table({ of }: { of: Sources }) {
  const t = useT()
  const locale = useLocale()
  const { nameOf } = useWays()
  const several = of.months.length > 1
  const columns = [...of.months, ...(several ? (['all'] as const) : [])]
  const heading = (month: string) => (month === 'all' ? t('arrivals.total') : dayText(locale, `${month}-01`, 'month'))
  const name = (id: number | null) => (id === null ? t('arrivals.no_way') : (nameOf(id) ?? `#${id}`))
  return (
    <div className="ledger-scroll">
      <table className="sources">
        <caption className="sr-only">{t('arrivals.costs')}</caption>
        <thead>
          <tr>
            <th scope="col">
              {t('arrivals.way')} <Why of={t('arrivals.per_customer')}>{t('arrivals.per_definition')}</Why>
            </th>
            {columns.map((month) => (
              <th scope="col" key={month}>
                {heading(month)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.sources.map(({ id }) => (
            <tr key={id ?? 'unknown'}>
              <th scope="row">{name(id)}</th>
              {columns.map((month) => (
                <td key={month}>
                  <SourceCell
                    id={id}
                    months={month === 'all' ? of.months : [month]}
                    of={of.of(id, month)}
                    label={t('arrivals.cost_of', { way: name(id), month: heading(month) })}
                    typed={of.seesCosts && id !== null && month !== 'all'}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('arrivals.all_ways')}</th>
            {columns.map((month) => (
              <td key={month}>
                <SourceCell
                  id="all"
                  months={month === 'all' ? of.months : [month]}
                  of={of.of('all', month)}
                  label={t('arrivals.all_ways')}
                  typed={false}
                />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function shifted(month: string, by: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const count = year * 12 + number - 1 + by
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}
