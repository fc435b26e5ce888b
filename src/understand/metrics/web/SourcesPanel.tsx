import { Link } from '@tanstack/react-router'
import { useWays } from '#know/arrivals/web/people.ts'
import { PeopleLink } from '#understand/query/web/people.ts'
import { useT } from '#web/i18n.ts'
import { ErrorNote } from '#web/kit/ErrorNote.tsx'
import { Count, Money } from '#web/kit/values.tsx'
import { Waiting } from '#web/kit/Waiting.tsx'
import { numberFrom } from '../definitions.ts'
import { useSources, whoCame } from './sources.ts'
import './sources.css'

/** Where the customers of the last months came from, the most first, and what each cost. */
export default function SourcesPanel(_: { id: number }) {
  const t = useT()
  const { nameOf } = useWays()
  const { data, error, again } = useSources(undefined, 6)
  if (!data) return error ? <ErrorNote error={error} again={again} /> : <Waiting rows={3} />
  const { months, sources, of } = data
  const rows = sources
    .map(({ id }) => ({ id, ...of(id, 'all') }))
    .filter(({ came, cost }) => came > 0 || cost > 0)
    .sort((a, b) => b.came - a.came)
    .slice(0, 8)
  return (
    <>
      {rows.length > 0 && (
        <ul className="says">
          {rows.map(({ id, came, cost }) => {
            return (
              <li key={id ?? 'unknown'}>
                <span>{id === null ? t('arrivals.no_way') : nameOf(id)}</span>
                <span>
                  <PeopleLink of={whoCame(id, months, 'came')}>
                    <Count value={came} /> {t('arrivals.came')}
                  </PeopleLink>
                  {cost > 0 && came > 0 && (
                    <span className="soft">
                      {' '}
                      <Money minor={numberFrom('costPerCustomer', { cost, came })} /> {t('arrivals.per_customer')}
                    </span>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      )}
      <p>
        <Link to="/overview/sources">{t('arrivals.costs')}</Link>
      </p>
    </>
  )
}
