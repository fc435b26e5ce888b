import './value.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { people } from '#understand/query/web/people.ts'
import { useLocale, useT } from '#web/i18n.ts'
import { dayText } from '#web/kit/formats.ts'
import { Loaded } from '#web/kit/Loaded.tsx'
import { Count } from '#web/kit/values.tsx'
import type { Migration } from '../contract.ts'
import { value } from './value-api.ts'

const standings = ['retain', 'develop', 'loyal', 'ordinary', 'never'] as const

/** Who moved between the value classes in the last 90 days; each number opens its people. */
export default function MigrationPanel(_: { id: number }) {
  const t = useT()
  const found = useQuery(value.query.migration.queryOptions({ input: {} }))
  return (
    <Loaded of={found}>
      {(data) =>
        data.moves.length === 0 ? (
          <p className="soft">{t('value.migration_too_early')}</p>
        ) : (
          <Moves migration={data as Migration} />
        )
      }
    </Loaded>
  )
}

function Moves({ migration: { from, to, moves } }: { migration: Migration }) {
  const t = useT()
  const locale = useLocale()
  const name = (one: (typeof standings)[number]) => t(one === 'never' ? 'web.stage.never' : `web.value.${one}`)
  return (
    <>
      <p className="soft">{t('value.migration_means', { from: dayText(locale, from), to: dayText(locale, to) })}</p>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className="grid-scroll" tabIndex={0} aria-label={t('value.migration')}>
        <table className="heat migration">
          <thead>
            <tr>
              <th scope="col">{t('value.migration_from_to')}</th>
              {standings.slice(0, -1).map((one) => (
                <th key={one} scope="col">
                  {name(one)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {standings.map((was) => (
              <tr key={was}>
                <th scope="row">{name(was)}</th>
                {standings.slice(0, -1).map((now) => {
                  const move = moves.find((one) => one.from === was && one.to === now)
                  const { to: place, search } = people(move?.people ?? null, to)
                  return (
                    <td key={now} className={was === now ? 'stayed' : undefined}>
                      {move && place ? (
                        <Link
                          to={place}
                          search={search as never}
                          aria-label={t('value.migration_cell', {
                            from: name(was),
                            to: name(now),
                            customers: move.customers,
                          })}
                        >
                          <Count value={move.customers} />
                        </Link>
                      ) : (
                        <span className="soft">0</span>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
